// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/protocol/image.h"

#include <QJsonObject>
#include <QString>

namespace vitrine::cli {

/// What a command says: with --json one object a line on standard output, else text for people;
/// messages go to standard error either way. Main thread.
class Output
{
public:
    explicit Output(bool isJson) : m_isJson(isJson) {}

    bool isJson() const { return m_isJson; }

    /// Prints \a object with --json, else \a text.
    void print(const QJsonObject& object, const QString& text) const;
    /// A sentence on standard error.
    void note(const QString& sentence) const;
    /// The same for an error: what it is about, then its sentence.
    void complain(const QString& subject, const Error& error) const;

private:
    const bool m_isJson;
};

/// One line for people: id, date, privacy, downloads, name, alt text. Safe on a terminal.
QString summaryLine(const protocol::Image& image);
/// Everything about an image, for people.
QString description(const protocol::Image& image);

} // namespace vitrine::cli
