// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;

namespace vitrine::ui {

class ElidedLabel;

/// The window's lower row: words at the start, a widget at the end.
class StatusRow final : public QFrame
{
    Q_OBJECT

public:
    static constexpr int kHeight = 42; ///< logical pixels

    explicit StatusRow(QWidget* parent = nullptr);

    void setWords(const QString& words);
    /// Takes ownership.
    void setEnd(QWidget* widget);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* const m_layout;
    ElidedLabel* const m_words;
};

} // namespace vitrine::ui
