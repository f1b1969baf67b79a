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
using transfer::Remedy;
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
    return Staging::tr("other details");
}

QString metadataNote(const QModelIndex& row)
{
    QStringList names;
    const QVariantList kinds = row.data(StagingModel::MetadataRole).toList();
    for (const QVariant& kind : kinds)
        names += metadataName(MetadataKind(kind.toInt()));
    if (names.isEmpty())
        return {};
    const QString list = QLocale().createSeparatedList(names);
    return row.data(StagingModel::IsCleanedRole).toBool()
               //: What a file carries besides its picture: "location and serial number".
               ? Staging::tr("%1 will be removed").arg(list)
               : Staging::tr("%1 will be sent").arg(list);
}

Remedy remedyOf(const QModelIndex& row)
{
    return Remedy(row.data(StagingModel::RemedyRole).toInt());
}

QString sizeText(QSize size)
{
    return u"%1 × %2"_s.arg(size.width()).arg(size.height());
}

/// Why a file that a copy can stand in for is not taken as it is.
QString fixableProblem(const QModelIndex& row, const Error& error)
{
    const auto& model = *static_cast<const StagingModel*>(row.model());
    const QString type = row.data(StagingModel::TypeRole).toString();
    switch (error.kind) {
    case ErrorKind::TooLarge:
        return Staging::tr("%1 is over the limit of %2")
            .arg(humanSize(row.data(StagingModel::BytesRole).toLongLong()),
                 humanSize(model.rules().limits.bytes));
    case ErrorKind::TooManyPixels:
        return Staging::tr("%1 pixels are more than this gallery takes")
            .arg(sizeText(row.data(StagingModel::SizeRole).toSize()));
    default:
        break;
    }
    return model.rules().takes(type)
               ? Staging::tr("What this file tells about you cannot be taken out of it")
               : Staging::tr("This gallery takes no pictures of this format");
}

QString remedyName(Remedy remedy)
{
    switch (remedy) {
    case Remedy::ScaleDown:
        return Staging::tr("Scale down to fit");
    case Remedy::Convert:
        return Staging::tr("Convert to JPEG");
    case Remedy::ShareAgain:
        return Staging::tr("Share again");
    case Remedy::None:
        break;
    }
    return {};
}

/// What the accepted remedy will do.
QString remedyNote(Remedy remedy)
{
    switch (remedy) {
    case Remedy::ScaleDown:
        return Staging::tr("a smaller copy will be sent");
    case Remedy::Convert:
        return Staging::tr("a copy as JPEG will be sent");
    case Remedy::ShareAgain:
        return Staging::tr("will be shared once more");
    case Remedy::None:
        break;
    }
    return {};
}

QString alikeNote(const QModelIndex& row)
{
    const QString name = row.data(StagingModel::AlikeRole).toString();
    return name.isEmpty() ? QString() : Staging::tr("looks like %1, shared already").arg(name);
}

/// Of a row that goes out.
StagingNote wellNote(const QModelIndex& row)
{
    QStringList parts;
    if (const qint64 bytes = row.data(StagingModel::BytesRole).toLongLong(); bytes > 0)
        parts += humanSize(bytes);
    const bool isRemedied = row.data(StagingModel::IsRemediedRole).toBool();
    const Remedy remedy = isRemedied ? remedyOf(row) : Remedy::None;
    const QString metadata = metadataNote(row);
    parts += remedyNote(remedy);
    parts += metadata;
    parts += alikeNote(row);
    if (row.data(StagingModel::IsPrivateRole).toBool())
        parts += Staging::tr("others see only the frosted picture");
    parts.removeAll(QString());
    const bool isCleaned = row.data(StagingModel::IsCleanedRole).toBool();
    return {parts.join(u" · "_s), !isCleaned && !metadata.isEmpty(),
            remedy == Remedy::None ? QString() : Staging::tr("Undo")};
}

} // namespace

StagingNote stagingNote(const QModelIndex& row)
{
    if (row.data(StagingModel::IsLoadingRole).toBool())
        return {Staging::tr("being looked at…"), false, {}};
    if (row.data(StagingModel::IsSendableRole).toBool())
        return wellNote(row);
    const QVariant error = row.data(StagingModel::ErrorRole);
    const Remedy remedy = remedyOf(row);
    if (!error.canConvert<Error>())
        return {
            Staging::tr("shared already as %1").arg(row.data(StagingModel::SameRole).toString()),
            false, remedyName(remedy)};
    return {remedy == Remedy::None ? messageFor(error.value<Error>())
                                   : fixableProblem(row, error.value<Error>()),
            true, remedyName(remedy)};
}

bool isHopeless(const QModelIndex& row)
{
    return row.data(StagingModel::ErrorRole).isValid() && remedyOf(row) == Remedy::None;
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
