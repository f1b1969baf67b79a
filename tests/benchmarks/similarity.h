// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/contenders.h"
#include "tests/benchmarks/report.h"

#include <QHash>

namespace vitrine::bench {

/// A picture as it would be if time did not matter: decoded whole, averaged by area, never
/// compressed again.
class Reference
{
public:
    explicit Reference(QByteArrayView jpeg);
    /// At the size that a contender came to: they round differently.
    QImage at(QSize size) const;

private:
    QImage m_whole;
};

/// The exact blur of a picture of Format_RGB32.
QImage gaussian(const QImage& image);

/// Mean SSIM (see ssim.h) of what contenders made.
class Similarity
{
public:
    void add(const QString& name, const Reference& truth, const QByteArray& jpeg);
    void addBlurred(const QString& name, const Reference& truth, const QByteArray& jpeg);
    void addThree(const QString& whose, const Reference& truth, const ThreeJpegs& jpegs);
    /// In the order in which they came first.
    QList<Row> rows() const;

private:
    void addValue(const QString& name, double value);

    QStringList m_names;
    QHash<QString, std::vector<double>> m_values;
};

} // namespace vitrine::bench
