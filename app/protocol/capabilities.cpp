// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/capabilities.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <limits>

namespace vitrine::protocol {
namespace {

using namespace Qt::StringLiterals;
using Feature = Capabilities::Feature;

struct FeatureName {
    Feature feature;
    QLatin1StringView name;
};

constexpr std::array kFeatureNames{
    FeatureName{Feature::Privacy, "privacy"_L1},
    FeatureName{Feature::Alt, "alt"_L1},
    FeatureName{Feature::Delete, "delete"_L1},
    FeatureName{Feature::Idempotency, "idempotency"_L1},
    FeatureName{Feature::Original, "original"_L1},
    FeatureName{Feature::Conditional, "conditional"_L1},
};

QStringList typesFrom(const QJsonValue& value)
{
    QStringList types;
    const QJsonArray told = value.toArray();
    for (const QJsonValue& type : told) {
        if (type.isString())
            types.append(type.toString());
    }
    return types.isEmpty() ? Capabilities::defaults().types : types;
}

} // namespace

Capabilities Capabilities::defaults()
{
    return {{},
            10'000'000,
            100'000'000,
            12'000,
            {u"image/jpeg"_s, u"image/png"_s, u"image/gif"_s, u"image/webp"_s},
            50'000'000};
}

QJsonObject toJson(const Capabilities& capabilities)
{
    QJsonArray features;
    for (const auto& [feature, name] : kFeatureNames) {
        if (capabilities.has(feature))
            features.append(name);
    }
    QJsonObject limits{{u"bytes"_s, capabilities.maxBytes},
                       {u"pixels"_s, capabilities.maxPixels},
                       {u"side"_s, capabilities.maxSide}};
    if (capabilities.maxAnimationPixels > 0)
        limits.insert(u"animationPixels"_s, capabilities.maxAnimationPixels);
    return {{u"api"_s, u"vitrine/1"_s},
            {u"features"_s, features},
            {u"types"_s, QJsonArray::fromStringList(capabilities.types)},
            {u"limits"_s, limits}};
}

Result<Capabilities> capabilitiesFromJson(const QJsonObject& object)
{
    if (object["api"_L1].toString() != "vitrine/1"_L1)
        return failure(ErrorKind::BadAnswer, u"not a vitrine/1 server"_s);
    Capabilities capabilities;
    capabilities.isStated = true;
    const QJsonArray names = object["features"_L1].toArray();
    for (const auto& [feature, name] : kFeatureNames) {
        if (names.contains(QJsonValue(name)))
            capabilities.features.insert(feature);
    }
    capabilities.types = typesFrom(object["types"_L1]);
    const QJsonObject limits = object["limits"_L1].toObject();
    const qint64 side = limits["side"_L1].toInteger();
    capabilities.maxBytes = limits["bytes"_L1].toInteger();
    capabilities.maxPixels = limits["pixels"_L1].toInteger();
    capabilities.maxSide = int(std::clamp<qint64>(side, 0, std::numeric_limits<int>::max()));
    capabilities.maxAnimationPixels = qMax<qint64>(0, limits["animationPixels"_L1].toInteger());
    if (capabilities.maxBytes <= 0 || capabilities.maxPixels <= 0 || capabilities.maxSide <= 0)
        return failure(ErrorKind::BadAnswer, u"capabilities without limits"_s);
    return capabilities;
}

} // namespace vitrine::protocol
