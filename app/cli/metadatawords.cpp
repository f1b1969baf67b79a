// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/metadatawords.h"

#include <QCoreApplication>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using imaging::MetadataKind;

struct MetadataWords {
    Q_DECLARE_TR_FUNCTIONS(vitrine::cli::MetadataWords)
};

QString word(MetadataKind kind)
{
    switch (kind) {
    case MetadataKind::Location:
        return u"location"_s;
    case MetadataKind::SerialNumber:
        return u"serialNumber"_s;
    case MetadataKind::OwnerName:
        return u"ownerName"_s;
    case MetadataKind::Thumbnail:
        return u"thumbnail"_s;
    case MetadataKind::HiddenPicture:
        return u"hiddenPicture"_s;
    case MetadataKind::EditHistory:
        return u"editHistory"_s;
    case MetadataKind::Other:
        break;
    }
    return u"other"_s;
}

QString text(MetadataKind kind)
{
    switch (kind) {
    case MetadataKind::Location:
        return MetadataWords::tr("location");
    case MetadataKind::SerialNumber:
        return MetadataWords::tr("serial number");
    case MetadataKind::OwnerName:
        return MetadataWords::tr("owner's name");
    case MetadataKind::Thumbnail:
        return MetadataWords::tr("embedded thumbnail");
    case MetadataKind::HiddenPicture:
        return MetadataWords::tr("hidden pictures");
    case MetadataKind::EditHistory:
        return MetadataWords::tr("editing history");
    case MetadataKind::Other:
        break;
    }
    return MetadataWords::tr("other details");
}

} // namespace

QJsonArray metadataWords(const QList<MetadataKind>& kinds)
{
    QJsonArray words;
    for (const MetadataKind kind : kinds)
        words.append(word(kind));
    return words;
}

QString metadataText(const QList<MetadataKind>& kinds)
{
    QStringList texts;
    for (const MetadataKind kind : kinds)
        texts.append(text(kind));
    return texts.join(u", "_s);
}

} // namespace vitrine::cli
