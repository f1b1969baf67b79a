// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtEndian>

namespace vitrine::imaging {

/// Integers out of untrusted bytes: what lies outside of them reads as 0.
template <typename T>
T bigEndian(QByteArrayView bytes, qsizetype at)
{
    if (at < 0 || at > bytes.size() - qsizetype(sizeof(T)))
        return 0;
    return qFromBigEndian<T>(bytes.data() + at);
}

template <typename T>
T littleEndian(QByteArrayView bytes, qsizetype at)
{
    if (at < 0 || at > bytes.size() - qsizetype(sizeof(T)))
        return 0;
    return qFromLittleEndian<T>(bytes.data() + at);
}

} // namespace vitrine::imaging
