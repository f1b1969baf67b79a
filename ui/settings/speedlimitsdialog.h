// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/speedlimits.h"

#include <QDialog>

class QGridLayout;
class QSpinBox;

namespace vitrine::ui {

class ToggleSwitch;

/// How fast an account may send and take in. What is changed holds at once: a number once it is
/// typed to its end.
class SpeedLimitsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a account is its name, as a person calls it.
    SpeedLimitsDialog(const SpeedLimits& now, const QString& account, QWidget* parent = nullptr);
    ~SpeedLimitsDialog() override;

Q_SIGNALS:
    void changed(const vitrine::ui::SpeedLimits& limits);

private:
    struct Row {
        ToggleSwitch* isLimited;
        QSpinBox* rate; ///< kilobytes a second
    };

    Row addRow(QGridLayout& rows, const QString& name, qint64 limit);
    void tellChange();

    Row m_up;
    Row m_down;
};

} // namespace vitrine::ui
