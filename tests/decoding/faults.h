// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vitrine::test {

/// Bytes at which faultyworker.cpp does what a decoder never should, in place of a picture.
inline QByteArray fault(const QByteArray& name)
{
    return "FAULT " + name;
}

/// The lowest descriptor under which a test leaves a file open; a worker's own are below.
inline constexpr int kLeakFrom = 40;

} // namespace vitrine::test
