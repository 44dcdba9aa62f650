using DownloaderBot.Logging;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace DownloaderBot.Tests.Logging;

public sealed class BotLoggingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("📊 MEMORY SNAPSHOT | Operation: Download\n├─ RAM Usage: 287.5 MB\n└─ Context: User 1")]
    [InlineData("User \"quoted\" {braced} {{doubled}} 100% back\\slash")]
    public void Text_arrives_as_it_is_given(string text)
    {
        // As a value of a message, which is how generated log methods hand text over.
        var log = Write(logger => logger.LogWarning("{Text}", text));

        log.Should().Contain($" WRN {text}{Environment.NewLine}");
    }

    [Fact]
    public void The_frameworks_own_chatter_is_left_out_and_its_warnings_are_kept()
    {
        var log = Write(
            logger => logger.LogInformation("chatter"), logger => logger.LogWarning("trouble"), category: "Microsoft.AspNetCore.Hosting");

        log.Should().NotContain("chatter").And.Contain("trouble");
    }

    [Fact]
    public void The_file_keeps_the_stack_trace() =>
        Write(logger => logger.LogError(new InvalidOperationException("inner detail"), "Broke")).Should()
            .Contain("ERR Broke").And.Contain("InvalidOperationException: inner detail");

    [Theory]
    [InlineData(null, ConsoleFormat.Text)]
    [InlineData("", ConsoleFormat.Text)]
    [InlineData("text", ConsoleFormat.Text)]
    [InlineData("JSON", ConsoleFormat.Json)]
    public void The_console_is_text_or_json(string? value, object format) =>
        ConsoleFormats.Choose(With(value)).Should().Be((ConsoleFormat)format);

    [Fact]
    public void Another_console_format_is_refused() => FluentActions.Invoking(() => ConsoleFormats.Choose(With("xml")))
        .Should().Throw<InvalidOperationException>().WithMessage("LOG_FORMAT is 'xml'; it must be text or json.");

    [Fact]
    public void The_files_are_bounded()
    {
        using (var logging = LoggerFactory.Create(builder => builder.AddBotLogging(_folder.Path, fileBytes: 1000)))
        {
            var logger = logging.CreateLogger("Test");
            for (var i = 0; i < 100; i++)
            {
                logger.LogInformation("One of a hundred lines that would make ten files");
            }
        }

        var files = new DirectoryInfo(_folder.Path).GetFiles("logs*.txt");
        files.Should().HaveCount(3);
        files.Sum(f => f.Length).Should().BeLessThan(4000);
    }

    private string Write(Action<ILogger> log) => Write(log, static _ => { }, "Test");

    private string Write(Action<ILogger> first, Action<ILogger> second, string category)
    {
        using (var logging = LoggerFactory.Create(builder => builder.AddBotLogging(_folder.Path)))
        {
            var logger = logging.CreateLogger(category);
            first(logger);
            second(logger);
        }

        return File.ReadAllText(Path.Combine(_folder.Path, BotLog.FileName));
    }

    private static IConfiguration With(string? format) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("LOG_FORMAT", format)]).Build();
}
