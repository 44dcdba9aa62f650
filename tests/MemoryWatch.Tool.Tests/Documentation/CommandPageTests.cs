using System.Text.RegularExpressions;
using MemoryWatch.Tool.Tests.Judge;
using MemoryWatch.Tool.Tests.Support;

namespace MemoryWatch.Tool.Tests.Documentation;

/// <summary>The output blocks of docs/command.md are what the command prints.</summary>
public sealed class CommandPageTests : IDisposable
{
    private static readonly string Page = Path.Combine(Approved.Root, "docs/command.md");

    private readonly TestFolder _folder = new();

    public CommandPageTests()
    {
        TestBox.OfAKilledDownloader().SaveTo(_folder.Path);
        _folder.File("leak.csv", JudgeTests.Traces.Leak);
        _folder.File("level.csv", JudgeTests.Traces.Level);
        _folder.File("pasted.txt", CompactLine.Wrapped(CompactLine.Critical, 60, _ => "pod/bot-7c9f | 2026-11-22T10:15:14Z "));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inspect memory.blackbox")]
    [InlineData("inspect - < pasted.txt")]
    [InlineData("judge leak.csv --limit 512MB")]
    [InlineData("judge leak.csv level.csv")]
    public async Task Each_block_is_what_the_command_prints(string command)
    {
        var parts = command.Split(" < ");
        string[] args = [.. parts[0].Split(' ').Select(arg => File.Exists(_folder[arg]) ? _folder[arg] : arg)];
        var setup = parts.Length > 1 ? new CommandRun.Setup { InputText = await File.ReadAllTextAsync(_folder[parts[1]]) } : new();

        var run = await CommandRun.Of(setup, args);

        run.Error.Should().BeEmpty();
        var printed = string.Join('\n', run.Output.Replace(_folder.Path + "/", string.Empty, StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()));
        var page = await File.ReadAllTextAsync(Page);
        var block = Block(command).Match(page);
        block.Success.Should().BeTrue();
        if (Approved.IsWriting)
        {
            await File.WriteAllTextAsync(Page, page[..block.Groups[1].Index] + printed + page[(block.Groups[1].Index + block.Groups[1].Length)..]);
        }
        else
        {
            block.Groups[1].Value.Should().Be(printed);
        }
    }

    /// <summary>The last text block before the next command, or before the next heading or list.</summary>
    private static Regex Block(string command) =>
        new($"```sh\nmemorywatch {Regex.Escape(command)}\n```\n(?:(?!```sh|\n#|\n- ).)*```text\n((?:(?!```).)*)```", RegexOptions.Singleline);
}
