// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace vitrine::ui {

/// How much of the line an account may take, in bytes a second; 0: as fast as it goes.
struct SpeedLimits {
    qint64 up = 0;
    qint64 down = 0;

    bool operator==(const SpeedLimits&) const = default;
};

} // namespace vitrine::ui
