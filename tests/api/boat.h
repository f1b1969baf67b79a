// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

/// An image as a server tells of it.
namespace vitrine::test {

inline protocol::Image boat()
{
    protocol::Image image;
    image.id = QStringLiteral("b0a7");
    image.name = QStringLiteral("boat.jpg");
    image.alt = QStringLiteral("A boat");
    image.uploaded = QDateTime({2026, 5, 3}, {9, 41}, QTimeZone::utc());
    image.revision = 7;
    return image;
}

inline QByteArray json(const QJsonObject& object)
{
    return QJsonDocument(object).toJson();
}

} // namespace vitrine::test
