// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/speedlimits.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QPushButton;

namespace vitrine::transfer {
class TransferModel;
}

namespace vitrine::ui {

class RowList;
class RowWidget;

/// The list of all transfers: a card over the lower end of a window, put away with Escape, by
/// a click elsewhere or once it was emptied; the keyboard goes back to where it was.
class TransfersList final : public QFrame
{
    Q_OBJECT

public:
    /// \a model must outlive the list. It covers a corner of \a window.
    TransfersList(transfer::TransferModel& model, QWidget& window);

    /// How much of the window's lower end stays free, in logical pixels.
    void setBottomMargin(int margin);
    /// Whether the button there is to go on; \a byCost: which is to pay for the line.
    void setPaused(bool paused, bool byCost);
    /// What the line is limited to, which is said below the title.
    void setLimits(const SpeedLimits& limits);
    /// Whether there is a line that could be limited; there is at first.
    void setLimitable(bool limitable);
    void open();
    void close();
    void toggle();

Q_SIGNALS:
    void retryRequested(const QString& key);
    void compareRequested(const QString& key);
    void cancelRequested(const QString& key);
    void sendFirstRequested(const QString& key);
    void clearRequested();
    void pauseToggled(bool paused);
    void limitsRequested();
    void closed();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void buildLayout();
    void place();
    void updateState();
    void clearFinished();
    bool isInWindow(const QObject* object) const;
    bool isMine(const QObject* object) const;
    RowWidget* makeRow(QWidget* parent);

    transfer::TransferModel& m_model;
    QWidget& m_window;
    QLabel* const m_title;
    QLabel* const m_spool;
    QLabel* const m_limits;
    QPushButton* const m_limit;
    QPushButton* const m_pause;
    QPushButton* const m_clear;
    QLabel* const m_empty;
    RowList* const m_rows;
    QPointer<QWidget> m_focusBefore;
    int m_bottomMargin = 0;
    bool m_isPaused = false;
};

} // namespace vitrine::ui
