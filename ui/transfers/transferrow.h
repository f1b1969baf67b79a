// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/rows/rowwidget.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace vitrine::transfer {
struct Transfer;
}

namespace vitrine::ui {

class ElidedLabel;

/// One transfer: what it is, how it stands, and the one thing that can be done about it; in its
/// menu also that it goes first.
class TransferRow final : public RowWidget
{
    Q_OBJECT

public:
    /// Logical pixels: room for three lines, the longest reason of a failure.
    static constexpr int kHeight = 80;

    explicit TransferRow(QWidget* parent);

    QList<QWidget*> tabStops() const override;

Q_SIGNALS:
    void retryRequested(const QString& key);
    void compareRequested(const QString& key);
    void cancelRequested(const QString& key);
    void sendFirstRequested(const QString& key);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent* event) override;

private:
    static QString actionText(const transfer::Transfer& transfer);
    void buildLayout();
    void showSentence(const QString& sentence, bool hasFailed);
    void act();
    void sendFirst();

    QLabel* const m_icon;
    ElidedLabel* const m_name;
    QLabel* const m_sentence;
    QProgressBar* const m_progress;
    QPushButton* const m_action;
};

} // namespace vitrine::ui
