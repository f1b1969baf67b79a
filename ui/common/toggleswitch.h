// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace vitrine::ui {

/// A switch for what takes effect at once. To assistive technology it is a check box; give it an
/// accessible name, or make it the buddy of its label. Space toggles.
class ToggleSwitch final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ToggleSwitch(QWidget* parent = nullptr);

    /// Of several things some are on and some off: drawn in the middle, as neither. The next click
    /// switches all on. Cleared by toggling or setChecked().
    void setMixed(bool mixed);
    bool isMixed() const { return m_mixed; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void nextCheckState() override;
    void checkStateSet() override;
    bool event(QEvent* event) override;

private:
    double knobPosition() const;

    bool m_mixed = false;
};

} // namespace vitrine::ui
