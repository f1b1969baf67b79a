// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/fields.h"
#include "app/decoding/tray.h"

#include <QDataStream>

#include <type_traits>

namespace vitrine::decoding {

/// Numbers as one of few: the last value of an enum that is carried.
constexpr int lastOf(imaging::Format)
{
    return int(imaging::Format::Avif);
}
constexpr int lastOf(imaging::Scaling)
{
    return int(imaging::Scaling::Quality);
}
constexpr int lastOf(imaging::MetadataKind)
{
    return int(imaging::MetadataKind::Other);
}
constexpr int lastOf(ErrorKind)
{
    return int(ErrorKind::Internal);
}

/// Writes fields into a message, and lays what is large on the tray.
class LineWriter
{
public:
    /// \a tray may be null where there is nothing large.
    explicit LineWriter(Tray* tray = nullptr);

    template <typename... T>
    void operator()(T&... fields)
    {
        (put(fields), ...);
    }

    QByteArray text() const { return m_text; }
    /// Whether there was room for all that is large.
    const Result<void>& outcome() const { return m_outcome; }

private:
    template <typename T>
    void put(T& field)
    {
        if constexpr (std::is_enum_v<T>)
            m_stream << int(field);
        else if constexpr (std::is_arithmetic_v<T>)
            m_stream << field;
        else
            carry(*this, field);
    }
    template <typename T>
    void put(QList<T>& list)
    {
        m_stream << qint32(list.size());
        for (T& item : list)
            put(item);
    }
    void put(QString& text) { m_stream << text; }
    void put(QByteArray& bytes) { putLarge(bytes); }
    void put(QImage& image);
    void putLarge(QByteArrayView bytes);

    QByteArray m_text;
    QDataStream m_stream{&m_text, QDataStream::WriteOnly};
    Tray* const m_tray;
    Result<void> m_outcome;
};

/// Reads what a LineWriter wrote. Whoever wrote may have been taken over by a hostile file: every
/// number is checked, and nothing is believed about sizes and places.
class LineReader
{
public:
    /// \a tray may be null where nothing large is expected; of what lies on it \a most bytes are
    /// taken, all together.
    explicit LineReader(const QByteArray& text, Tray* tray = nullptr, qint64 most = 0);

    template <typename... T>
    void operator()(T&... fields)
    {
        (take(fields), ...);
    }

    /// All of it was there and made sense.
    bool isGood() const { return m_isGood && m_stream.status() == QDataStream::Ok; }

private:
    template <typename T>
    void take(T& field)
    {
        if constexpr (std::is_enum_v<T>)
            field = T(number(lastOf(T())));
        else if constexpr (std::is_arithmetic_v<T>)
            m_stream >> field;
        else
            carry(*this, field);
    }
    template <typename T>
    void take(QList<T>& list)
    {
        list.resize(number(kLongestList));
        for (T& item : list)
            take(item);
    }
    void take(QString& text) { m_stream >> text; }
    void take(QByteArray& bytes);
    void take(QImage& image);

    static constexpr int kLongestList = 1000;

    int number(int last);
    QByteArrayView large();

    QDataStream m_stream;
    Tray* const m_tray;
    qint64 m_mostLeft; // bytes
    bool m_isGood = true;
};

} // namespace vitrine::decoding
