// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/staging/stagingtext.h"

#include "app/base/messages.h"
#include "app/transfer/stagingmodel.h"
#include "ui/common/formatting.h"

#include <QCoreApplication>
#include <QLocale>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using imaging::MetadataKind;
using transfer::StagingModel;

namespace {

struct Staging {
    Q_DECLARE_TR_FUNCTIONS(vitrine::ui::Staging)
};

QString metadataName(MetadataKind kind)
{
    switch (kind) {
    case MetadataKind::Location:
        return Staging::tr("location");
    case MetadataKind::SerialNumber:
        return Staging::tr("serial number");
    case MetadataKind::OwnerName:
        return Staging::tr("owner's name");
    case MetadataKind::Thumbnail:
        return Staging::tr("embedded thumbnail");
    case MetadataKind::HiddenPicture:
        return Staging::tr("hidden pictures");
    case MetadataKind::EditHistory:
        return Staging::tr("editing history");
    case MetadataKind::Other:
        break;
    }
    return Staging::tr("camera details");
}

QString removedNote(const QModelIndex& row)
{
    QStringList names;
    const QVariantList kinds = row.data(StagingModel::RemovedMetadataRole).toList();
    for (const QVariant& kind : kinds)
        names += metadataName(MetadataKind(kind.toInt()));
    if (names.isEmpty())
        return {};
    //: What a file carries besides its picture: "location and serial number".
    return Staging::tr("%1 will be removed").arg(QLocale().createSeparatedList(names));
}

} // namespace

QString stagingNote(const QModelIndex& row)
{
    if (row.data(StagingModel::IsLoadingRole).toBool())
        return Staging::tr("being looked at…");
    QStringList parts;
    if (const qint64 bytes = row.data(StagingModel::BytesRole).toLongLong(); bytes > 0)
        parts += humanSize(bytes);
    parts += removedNote(row);
    if (row.data(StagingModel::IsPrivateRole).toBool())
        parts += Staging::tr("others see only the frosted picture");
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString stagingProblem(const QModelIndex& row)
{
    const QVariant error = row.data(StagingModel::ErrorRole);
    return error.canConvert<Error>() ? messageFor(error.value<Error>()) : QString();
}

QString shareLabel(int count)
{
    return count == 1 ? Staging::tr("Share 1 image")
                      : Staging::tr("Share %n images", nullptr, count);
}

QString stagingSummary(int total, int shareable, int described, std::chrono::milliseconds undoTime)
{
    QStringList parts;
    if (shareable > 0)
        parts += Staging::tr("%1 of %2 described").arg(described).arg(shareable);
    if (total > shareable) {
        const int left = total - shareable;
        parts += left == 1 ? Staging::tr("1 file stays behind")
                           : Staging::tr("%n files stay behind", nullptr, left);
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(undoTime).count();
    if (shareable > 0 && seconds > 0)
        parts += Staging::tr("public images leave after %1 s, so that you can undo").arg(seconds);
    return parts.join(u" · "_s);
}

} // namespace vitrine::ui
