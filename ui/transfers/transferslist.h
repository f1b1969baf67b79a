// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace vitrine::transfer {
class TransferModel;
}

namespace vitrine::ui {

class RowList;
class RowWidget;

/// The list of all transfers: a card over the lower end of a window, put away with Escape or by
/// going elsewhere.
class TransfersList final : public QFrame
{
    Q_OBJECT

public:
    /// \a model must outlive the list. It covers a corner of \a window.
    TransfersList(transfer::TransferModel& model, QWidget& window);

    /// How much of the window's lower end stays free, in logical pixels.
    void setBottomMargin(int margin);
    void open();
    void close();

Q_SIGNALS:
    void retryRequested(const QString& key);
    void cancelRequested(const QString& key);
    void clearRequested();
    void closed();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void buildLayout();
    void place();
    void updateState();
    RowWidget* makeRow(QWidget* parent);

    transfer::TransferModel& m_model;
    QWidget& m_window;
    QLabel* const m_title;
    QPushButton* const m_clear;
    QLabel* const m_empty;
    RowList* const m_rows;
    int m_bottomMargin = 0;
};

} // namespace vitrine::ui
