// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace vitrine::decoding {

/// Takes away from this process, for good, what decoding does not need: new rights, core dumps,
/// being watched by others, more than \a memory bytes of addresses (0: no limit), and all system
/// calls but those in filter.cpp. What the libraries open or load must have been opened by then.
/// Making workers stays possible, until loadWorkerFilter(). False if the machine allows no filter;
/// the rest was taken away all the same.
bool confine(qint64 memory);

/// Ends this process with SIGXCPU once it has used that much more processor time: the second line
/// of defence, should nobody at the other end look at the clock any more.
void limitProcessorTime(std::chrono::milliseconds more);

} // namespace vitrine::decoding
