// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/pipeline/inprocesspicturereader.h"

#include <QList>

#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>

namespace vitrine::test {

/// Reads as ever, unless it is told otherwise; knows what it was asked for. Any thread.
class MoodyReader final : public imaging::PictureReader
{
public:
    Result<imaging::Findings> read(const imaging::PictureSource& source,
                                   const imaging::ReadOrder& order) const override
    {
        const auto file = std::get<imaging::OpenFile>(source);
        {
            std::unique_lock lock(m_mutex);
            m_sizes.append(file.size);
            if (order.isPatient)
                m_patient.append(file.size);
            m_letGo.wait(lock, [this] { return !m_isHeld; });
            if (m_isOutOfMemory)
                throw std::bad_alloc();
            if (m_mood)
                return failure(*m_mood);
        }
        return m_reader.read(source, order);
    }

    /// What it fails with.
    void setMood(std::optional<ErrorKind> mood)
    {
        const std::scoped_lock lock(m_mutex);
        m_mood = mood;
    }
    /// Whether it throws.
    void setOutOfMemory(bool isOutOfMemory)
    {
        const std::scoped_lock lock(m_mutex);
        m_isOutOfMemory = isOutOfMemory;
    }
    /// Whether whoever asks has to wait.
    void setHeld(bool isHeld)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_isHeld = isHeld;
        }
        m_letGo.notify_all();
    }

    /// Of the files that it was given, one after the other.
    QList<qint64> sizes() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_sizes;
    }
    /// Of those for which nobody waited.
    QList<qint64> patient() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_patient;
    }

private:
    const imaging::InProcessPictureReader m_reader;
    mutable std::mutex m_mutex; // of all that follows
    mutable std::condition_variable m_letGo;
    mutable QList<qint64> m_sizes;
    mutable QList<qint64> m_patient;
    std::optional<ErrorKind> m_mood;
    bool m_isOutOfMemory = false;
    bool m_isHeld = false;
};

} // namespace vitrine::test
