// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfers/transfertext.h"

#include "app/base/messages.h"
#include "ui/common/formatting.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using transfer::Kind;
using transfer::State;
using transfer::Transfer;
using transfer::TransferModel;

namespace {

struct Transfers {
    Q_DECLARE_TR_FUNCTIONS(vitrine::ui::Transfers)
};

QString waitingSentence(const Transfer& transfer)
{
    if (transfer.error)
        return Transfers::tr("Will be tried again. %1").arg(messageFor(*transfer.error));
    return Transfers::tr("Waits for its turn");
}

QString movingSentence(const Transfer& transfer)
{
    if (transfer.bytes <= 0)
        return transfer.kind == Kind::Download ? Transfers::tr("Arriving")
                                               : Transfers::tr("On its way");
    return Transfers::tr("%1 of %2").arg(humanSize(transfer.moved), humanSize(transfer.bytes));
}

QString doneSentence(const Transfer& transfer)
{
    if (transfer.isTakenBack)
        return Transfers::tr("Had arrived before it was taken back");
    switch (transfer.kind) {
    case Kind::Upload:
        if (isVerified(transfer))
            return transfer.isPrivate ? Transfers::tr("Verified, frosted for others")
                                      : Transfers::tr("Verified");
        return transfer.isPrivate ? Transfers::tr("Sent, frosted for others")
                                  : Transfers::tr("Sent");
    case Kind::Edit:
        return Transfers::tr("Changed");
    case Kind::Delete:
        return Transfers::tr("Deleted");
    case Kind::Download:
        break;
    }
    const QString directory = QFileInfo(transfer.source).path();
    return Transfers::tr("Saved to %1").arg(QDir::toNativeSeparators(directory));
}

/// The kinds of the unfinished transfers, one bit each.
int kindsUnderWay(const TransferModel& model)
{
    int kinds = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        const auto state = State(index.data(TransferModel::StateRole).toInt());
        if (transfer::isFinished(state))
            continue;
        kinds |= 1 << index.data(TransferModel::KindRole).toInt();
    }
    return kinds;
}

QString progressPattern(int kinds)
{
    switch (kinds) {
    case 1 << int(Kind::Upload):
        return Transfers::tr("Sharing %1 of %2");
    case 1 << int(Kind::Download):
        return Transfers::tr("Saving %1 of %2");
    case 1 << int(Kind::Delete):
        return Transfers::tr("Deleting %1 of %2");
    case 1 << int(Kind::Edit):
        return Transfers::tr("Changing %1 of %2");
    default:
        return Transfers::tr("Doing %1 of %2");
    }
}

QString limitedRate(qint64 bytesPerSecond)
{
    //: A speed, in thousands of bytes a second.
    return Transfers::tr("%1 kB/s").arg(QLocale().toString(bytesPerSecond / 1'000));
}

QString waitingHeadline(int kinds, int count)
{
    const QString number = QLocale().toString(count);
    if (kinds == 1 << int(Kind::Upload))
        return Transfers::tr("About to share %1").arg(number);
    if (kinds == 1 << int(Kind::Delete))
        return Transfers::tr("About to delete %1").arg(number);
    if (kinds == 1 << int(Kind::Edit))
        return Transfers::tr("About to change %1").arg(number);
    return Transfers::tr("%1 waiting").arg(number);
}

} // namespace

QString transferSentence(const Transfer& transfer)
{
    if (transfer.isTakenBack && !transfer::isFinished(transfer.state))
        return Transfers::tr("Being taken back");
    switch (transfer.state) {
    case State::Waiting:
        return waitingSentence(transfer);
    case State::Preparing:
        return Transfers::tr("Being prepared");
    case State::Ready:
        return transfer.error ? waitingSentence(transfer) : Transfers::tr("Ready to go");
    case State::Sending:
        return movingSentence(transfer);
    case State::Done:
        return doneSentence(transfer);
    case State::Duplicate:
        return Transfers::tr("Was shared before");
    case State::Failed:
        return transfer.error ? messageFor(*transfer.error) : Transfers::tr("Did not work");
    case State::Cancelled:
        break;
    }
    return transfer.kind == Kind::Download ? Transfers::tr("Stopped") : Transfers::tr("Taken back");
}

QString transfersHeadline(const TransferModel& model)
{
    const TransferModel::Summary summary = model.summary();
    if (summary.unfinished == 0)
        return {};
    const int kinds = kindsUnderWay(model);
    const bool hasBegun = summary.sending > 0 || summary.finished > 0;
    if (!hasBegun || summary.held == summary.unfinished)
        return waitingHeadline(kinds, summary.unfinished);
    const int total = summary.finished + summary.unfinished;
    return progressPattern(kinds).arg(qMin(summary.finished + 1, total)).arg(total);
}

QString pausedHeadline(const TransferModel& model)
{
    const int waiting = model.summary().unfinished;
    if (waiting == 0)
        return Transfers::tr("Paused");
    return waiting == 1 ? Transfers::tr("Paused, 1 waits")
                        : Transfers::tr("Paused, %n wait", nullptr, waiting);
}

QString failuresHeadline(int failed)
{
    if (failed == 0)
        return {};
    return failed == 1 ? Transfers::tr("1 did not work")
                       : Transfers::tr("%n did not work", nullptr, failed);
}

QString rateText(double bytesPerSecond, std::optional<std::chrono::seconds> left)
{
    if (bytesPerSecond < 1)
        return {};
    const QString rate = Transfers::tr("%1/s").arg(humanSize(qint64(bytesPerSecond)));
    if (!left || left->count() < 1)
        return rate;
    const QString rest = left->count() < 90
                             ? Transfers::tr("%1 s left").arg(left->count())
                             : Transfers::tr("%1 min left").arg((left->count() + 30) / 60);
    return rate + u" · "_s + rest;
}

QString limitsText(const SpeedLimits& limits)
{
    if (limits.up > 0 && limits.down > 0)
        return Transfers::tr("Limited to %1 up, %2 down")
            .arg(limitedRate(limits.up), limitedRate(limits.down));
    if (limits.up > 0)
        return Transfers::tr("Limited to %1 up").arg(limitedRate(limits.up));
    return limits.down > 0 ? Transfers::tr("Limited to %1 down").arg(limitedRate(limits.down))
                           : QString();
}

QString limitHeadline(const TransferModel& model, const SpeedLimits& limits)
{
    const int kinds = kindsUnderWay(model);
    const int down = 1 << int(Kind::Download);
    const bool isSlowUp = limits.up > 0 && (kinds & ~down) != 0;
    const bool isSlowDown = limits.down > 0 && (kinds & down) != 0;
    if (isSlowUp && isSlowDown)
        return Transfers::tr("limited to %1 up, %2 down")
            .arg(limitedRate(limits.up), limitedRate(limits.down));
    if (!isSlowUp && !isSlowDown)
        return {};
    return Transfers::tr("limited to %1").arg(limitedRate(isSlowUp ? limits.up : limits.down));
}

QString spoolText(qint64 bytes)
{
    return bytes > 0 ? Transfers::tr("%1 kept here until sent").arg(humanSize(bytes)) : QString();
}

bool canGoFirst(const Transfer& transfer)
{
    return transfer.kind != Kind::Download && transfer.state < State::Sending;
}

bool canBeTakenBack(const Transfer& transfer)
{
    return transfer.kind == Kind::Download
               ? !transfer::isFinished(transfer.state)
               : transfer.state < State::Sending && transfer::isRevocable(transfer);
}

} // namespace vitrine::ui
