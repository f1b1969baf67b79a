// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace vitrine::session {

/// What this machine knows of its connection to the network, as far as it tells: whether what goes
/// over it costs money, and whether the network wants a sign-in of its own before it lets anything
/// through. Main thread.
class LineCost : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual bool isMetered() const = 0;
    virtual bool isBehindPortal() const = 0;

Q_SIGNALS:
    void changed();
};

/// What NetworkManager says over D-Bus (its properties "Metered", a guess of which counts, and
/// "Connectivity"). Not metered, and behind no portal, where there is no such service.
class SystemLineCost final : public LineCost
{
    Q_OBJECT

public:
    explicit SystemLineCost(QObject* parent = nullptr);

    bool isMetered() const override;
    bool isBehindPortal() const override;
};

} // namespace vitrine::session
