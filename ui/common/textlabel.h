// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace vitrine::ui {

/// A label whose text begins where lines begin in this window. QLabel goes by the text's own
/// direction instead, so that a word in another script stands at the far side of its column.
class TextLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(QWidget* parent = nullptr);
    explicit TextLabel(const QString& text, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void align();
};

} // namespace vitrine::ui
