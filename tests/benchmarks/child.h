// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <sys/resource.h>

namespace vitrine::bench {

/// Processor time that \a usage tells of, in milliseconds.
double cpuIn(const rusage& usage);

/// Resident memory of this process, in MB: a field of /proc/self/status, "VmRSS" or "VmHWM".
double residentMemory(const QByteArray& field);

/// Runs a program to its end: the processor time that it took, its start included, in ms. A failure
/// ends the benchmark.
double cpuOfChild(const QString& program, const QStringList& arguments);

/// Runs a program that prints one number, and gives that. A failure ends the benchmark.
double numberOfChild(const QString& program, const QStringList& arguments);

} // namespace vitrine::bench
