// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>

/// What a test program asks of the kernel to read and write files. A program that links
/// diskcalls.cpp gets these in place of the C library's open, openat, read, pread, pwrite and
/// write: they do the same, and let a test step in between.
namespace vitrine::test::diskcalls {

enum class Kind { Open, Read, Write };

/// Called before each such call on a file whose path holds a given text, on the thread that makes
/// it. What is not 0 is the errno with which the call fails.
using Step = std::function<int(Kind kind)>;

/// One at a time.
class StepIn
{
public:
    StepIn(const QByteArray& part, Step step);
    ~StepIn();
    StepIn(const StepIn&) = delete;
    StepIn& operator=(const StepIn&) = delete;
};

} // namespace vitrine::test::diskcalls
