// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/transfermodel.h"
#include "ui/settings/speedlimits.h"

#include <QString>

namespace vitrine::ui {

/// How one transfer stands, as one sentence.
QString transferSentence(const transfer::Transfer& transfer);

/// "Sharing 2 of 5": what the unfinished transfers of \a model do, by what they have in common.
/// Empty while everything is finished.
QString transfersHeadline(const transfer::TransferModel& model);

/// "Paused, 3 wait": the same while nothing is sent.
QString pausedHeadline(const transfer::TransferModel& model);

/// "3 did not work", counting those that failed; empty if none did.
QString failuresHeadline(int failed);

/// "3.1 MB/s", and how long the rest takes; empty where nothing moves.
QString rateText(double bytesPerSecond, std::optional<std::chrono::seconds> left);

/// "Limited to 500 kB/s up": what slows the account; empty where nothing does.
QString limitsText(const SpeedLimits& limits);

/// "limited to 500 kB/s": what slows the unfinished transfers of \a model, which go up or come
/// down; empty where nothing does.
QString limitHeadline(const transfer::TransferModel& model, const SpeedLimits& limits);

/// "12 MB kept here until sent": the disk that private copies take; empty where there are none.
QString spoolText(qint64 bytes);

/// Whether it can still go before others.
bool canGoFirst(const transfer::Transfer& transfer);

/// Whether the outbox can still take it back.
bool canBeTakenBack(const transfer::Transfer& transfer);

} // namespace vitrine::ui
