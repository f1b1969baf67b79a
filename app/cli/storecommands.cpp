// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/storecommands.h"

#include "app/backend/backup.h"

#include <QLocale>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using backend::Finding;

QString word(Finding::Kind kind)
{
    switch (kind) {
    case Finding::Kind::Missing:
        return u"missing"_s;
    case Finding::Kind::Altered:
        return u"altered"_s;
    case Finding::Kind::Orphan:
        return u"orphan"_s;
    case Finding::Kind::Rows:
        break;
    }
    return u"rows"_s;
}

} // namespace

BackupCommand::BackupCommand(const Output& output, BackupArguments arguments, QString defaultData)
    : Command(output)
    , m_arguments(std::move(arguments))
    , m_data(m_arguments.data.isEmpty() ? std::move(defaultData) : m_arguments.data)
{}

void BackupCommand::run()
{
    const auto copied = backend::backUp(m_data, m_arguments.directory);
    if (!copied) {
        output().complain(m_arguments.directory, copied.error());
        Q_EMIT finished(copied.error().kind == ErrorKind::InvalidInput ? kUsage : kSomeFailed);
        return;
    }
    for (const QString& id : copied->unreadable)
        output().note(tr("%1: its files are damaged and could not be copied. "
                         "vitrinectl check tells more.")
                          .arg(id));
    output().print({{u"directory"_s, m_arguments.directory}, {u"pictures"_s, copied->pictures}},
                   (copied->pictures == 1
                        ? tr("1 picture copied to %1.")
                        : tr("%n pictures copied to %1.", nullptr, int(copied->pictures)))
                       .arg(m_arguments.directory));
    Q_EMIT finished(copied->unreadable.isEmpty() ? kAllDone : kSomeFailed);
}

CheckCommand::CheckCommand(const Output& output, const CheckArguments& arguments,
                           QString defaultData)
    : Command(output), m_data(arguments.data.isEmpty() ? std::move(defaultData) : arguments.data)
{}

void CheckCommand::run()
{
    const auto checked =
        backend::inspect(m_data, [this](const Finding& finding) { tell(finding); });
    if (!checked) {
        output().complain(m_data, checked.error());
        Q_EMIT finished(checked.error().kind == ErrorKind::InvalidInput ? kUsage : kSomeFailed);
        return;
    }
    output().note(summary(*checked));
    Q_EMIT finished(checked->findings == 0 ? kAllDone : kSomeFailed);
}

QString CheckCommand::summary(const backend::Inspection& checked)
{
    const QString read =
        (checked.pictures == 1 ? tr("1 picture, %1 read")
                               : tr("%n pictures, %1 read", nullptr, int(checked.pictures)))
            .arg(QLocale().formattedDataSize(checked.bytes));
    if (checked.findings == 0)
        return tr("%1: all is as it was stored.").arg(read);
    return (checked.findings == 1
                ? tr("%1: 1 thing is not as it should be.")
                : tr("%1: %n things are not as they should be.", nullptr, int(checked.findings)))
        .arg(read);
}

void CheckCommand::tell(const Finding& finding) const
{
    QJsonObject object{{u"finding"_s, word(finding.kind)}, {u"what"_s, finding.what}};
    if (!finding.imageId.isEmpty())
        object.insert(u"id"_s, finding.imageId);
    output().print(object, sentence(finding));
}

QString CheckCommand::sentence(const Finding& finding) const
{
    switch (finding.kind) {
    case Finding::Kind::Missing:
        return tr("%1 is missing; image %2 needs it").arg(finding.what, finding.imageId);
    case Finding::Kind::Altered:
        return tr("%1 is not what was stored; it belongs to image %2")
            .arg(finding.what, finding.imageId);
    case Finding::Kind::Orphan:
        return tr("%1 belongs to no image").arg(finding.what);
    case Finding::Kind::Rows:
        break;
    }
    return tr("The database is damaged: %1").arg(finding.what);
}

} // namespace vitrine::cli
