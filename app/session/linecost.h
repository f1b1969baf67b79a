// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace vitrine::session {

/// Whether what goes over the connection to the network costs money, as far as this machine tells.
/// Main thread.
class LineCost : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual bool isMetered() const = 0;

Q_SIGNALS:
    void changed();
};

/// What NetworkManager says over D-Bus (its property "Metered"; a guess of its counts). Not metered
/// where there is no such service.
class SystemLineCost final : public LineCost
{
    Q_OBJECT

public:
    explicit SystemLineCost(QObject* parent = nullptr);

    bool isMetered() const override;
};

} // namespace vitrine::session
