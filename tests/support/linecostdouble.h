// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/linecost.h"

namespace vitrine::test {

/// A line of which the test says whether it costs.
class LineCostDouble final : public session::LineCost
{
public:
    bool hasPortal = false;

    explicit LineCostDouble(bool isMetered) : m_isMetered(isMetered) {}

    bool isMetered() const override { return m_isMetered; }
    bool isBehindPortal() const override { return hasPortal; }
    void become(bool metered)
    {
        m_isMetered = metered;
        Q_EMIT changed();
    }

private:
    bool m_isMetered;
};

} // namespace vitrine::test
