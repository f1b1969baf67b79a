// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace vitrine::imaging {

/// A box of the ISO base media file format (ISO/IEC 14496-12), the container of HEIC and AVIF.
struct IsoBox {
    QByteArrayView type; ///< four characters
    QByteArrayView body; ///< behind size and type
    QByteArrayView whole;
};

/// Goes through the boxes of a list without copying. The bytes have to outlive it.
class IsoBoxReader
{
public:
    explicit IsoBoxReader(QByteArrayView list) : m_list(list) {}

    /// None at the end, or where the data is cut off.
    std::optional<IsoBox> next();
    /// The list was read to its last byte.
    bool reachedEnd() const { return m_position == m_list.size(); }

private:
    QByteArrayView m_list;
    qsizetype m_position = 0;
};

/// Reads the fields of a box one by one, big-endian. Behind the end everything is 0, and isCut().
class IsoFields
{
public:
    explicit IsoFields(QByteArrayView bytes) : m_bytes(bytes) {}

    /// A number of \a size bytes; \a size 0, which the format has for "not there", reads as 0.
    quint64 number(int size);
    QByteArrayView bytes(qsizetype size);
    /// What is left.
    QByteArrayView rest() const { return m_bytes.sliced(m_position); }
    bool isCut() const { return m_isCut; }

private:
    QByteArrayView m_bytes;
    qsizetype m_position = 0;
    bool m_isCut = false;
};

/// Appends a number of \a size bytes, big-endian.
void appendIsoNumber(QByteArray& bytes, quint64 value, int size);
/// A box around \a body.
QByteArray isoBox(QByteArrayView type, QByteArrayView body);
/// The same with the version and flags that many boxes begin with.
QByteArray isoFullBox(QByteArrayView type, quint8 version, quint32 flags, QByteArrayView body);

} // namespace vitrine::imaging
