// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "app/base/messages.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

#include <cstdio>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;

struct OutputWords {
    Q_DECLARE_TR_FUNCTIONS(Output)
};

void writeLine(std::FILE* stream, const QByteArray& line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

// Names come from elsewhere: an escape sequence in one must not reach the terminal.
QString printable(QString text)
{
    for (QChar& c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = u' ';
    }
    return text;
}

QString privacyWord(const protocol::Image& image)
{
    return image.isPrivate ? OutputWords::tr("private") : OutputWords::tr("public");
}

} // namespace

void Output::print(const QJsonObject& object, const QString& text) const
{
    if (m_isJson)
        writeLine(stdout, QJsonDocument(object).toJson(QJsonDocument::Compact));
    else if (!text.isEmpty())
        writeLine(stdout, text.toLocal8Bit());
}

void Output::note(const QString& sentence) const
{
    writeLine(stderr, sentence.toLocal8Bit());
}

void Output::complain(const QString& subject, const Error& error) const
{
    const QString sentence = messageFor(error);
    note(subject.isEmpty() ? sentence : printable(subject) + u": "_s + sentence);
}

QString summaryLine(const protocol::Image& image)
{
    return u"%1  %2  %3  %4↓  %5  %6"_s
        .arg(image.id, image.uploaded.toLocalTime().toString(u"yyyy-MM-dd hh:mm"_s),
             privacyWord(image).leftJustified(7),
             QString::number(image.downloadCount).rightJustified(4), printable(image.name),
             printable(image.alt))
        .trimmed();
}

QString description(const protocol::Image& image)
{
    const QLocale locale;
    const QString size = u"%1 × %2"_s.arg(image.size.width()).arg(image.size.height());
    const QList<std::pair<QString, QString>> facts{
        {OutputWords::tr("Id"), image.id},
        {OutputWords::tr("Name"), printable(image.name)},
        {OutputWords::tr("Alt text"), printable(image.alt)},
        {OutputWords::tr("Privacy"), privacyWord(image)},
        {OutputWords::tr("Shared"),
         locale.toString(image.uploaded.toLocalTime(), QLocale::ShortFormat)},
        {OutputWords::tr("Size"), size + u", "_s + locale.formattedDataSize(image.bytes)},
        {OutputWords::tr("Type"), printable(image.type)},
        {OutputWords::tr("Downloads"), QString::number(image.downloadCount)},
    };
    QStringList lines;
    for (const auto& [label, value] : facts)
        lines.append(label.leftJustified(12) + value);
    return lines.join(u'\n');
}

} // namespace vitrine::cli
