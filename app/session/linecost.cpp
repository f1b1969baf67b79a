// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/linecost.h"

#include <QNetworkInformation>

namespace vitrine::session {
namespace {

/// Qt's, where it can tell. There is one in a program and no other way to it; it lives as long as
/// the application. Others ask it through a LineCost that they are given.
const QNetworkInformation* information(QNetworkInformation::Feature feature)
{
    using Feature = QNetworkInformation::Feature;
    QNetworkInformation::loadBackendByFeatures(Feature::Metered); // the first time only
    const QNetworkInformation* known = QNetworkInformation::instance();
    return known && known->supports(feature) ? known : nullptr;
}

} // namespace

SystemLineCost::SystemLineCost(QObject* parent) : LineCost(parent)
{
    if (const QNetworkInformation* known = information(QNetworkInformation::Feature::Metered))
        connect(known, &QNetworkInformation::isMeteredChanged, this, &LineCost::changed);
}

bool SystemLineCost::isMetered() const
{
    const QNetworkInformation* known = information(QNetworkInformation::Feature::Metered);
    return known && known->isMetered();
}

bool SystemLineCost::isBehindPortal() const
{
    const QNetworkInformation* known = information(QNetworkInformation::Feature::CaptivePortal);
    return known && known->isBehindCaptivePortal();
}

} // namespace vitrine::session
