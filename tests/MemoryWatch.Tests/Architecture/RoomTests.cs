using System.Reflection;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Architecture;

/// <summary>Which layer uses which is one list, here and in docs/ARCHITECTURE.md. The core references three packages and no host.</summary>
public sealed class RoomTests
{
    private static readonly Assembly Library = typeof(IMemoryWatch).Assembly;

    private static readonly Rooms Rooms = Rooms.Of(Pages.Folder("src/MemoryWatch"), Library.Location);

    /// <summary>Each layer and the layers that it may use. A new arrow is a decision: add it here and to the page.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Guard"] = [],
        ["Files"] = ["Contracts"],
        ["Read"] = ["Contracts", "Files", "Guard"],
        ["Track"] = ["Contracts", "Files", "Read"],
        ["Judge"] = ["Contracts", "Guard", "Track"],
        ["Act"] = ["Contracts", "Guard"],
        ["Tell"] = ["Contracts", "Files", "Guard", "Track"],
        ["BlackBox/Format"] = ["Contracts", "Files", "Read"],
        ["BlackBox/Recall"] = ["BlackBox/Format", "Contracts", "Files", "Judge", "Read", "Track"],
        ["BlackBox/Record"] = ["BlackBox/Format", "BlackBox/Recall", "Contracts", "Files", "Guard", "Read", "Tell", "Track"],
        ["Watch"] = ["Act", "BlackBox/Record", "Contracts", "Files", "Guard", "Judge", "Read", "Tell", "Track"],
    };

    [Fact]
    public void Rooms_use_the_rooms_that_they_may_and_no_others()
    {
        var allowed = Allowed.SelectMany(room => room.Value.Select(to => $"{room.Key} -> {to}")).ToArray();
        var drawn = Rooms.Arrows.Select(arrow => $"{arrow.From} -> {arrow.To}").ToArray();

        Rooms.All.Should().BeEquivalentTo(Allowed.Keys);
        drawn.Except(allowed).Should().BeEmpty("a new arrow is a decision");
        allowed.Except(drawn).Should().BeEmpty("what nobody uses is no longer anybody's decision");
    }

    [Fact]
    public void The_page_draws_the_same_arrows()
    {
        var rows = Pages.Read("docs/ARCHITECTURE.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2]);

        rows.Should().BeEquivalentTo(Allowed.ToDictionary(
            room => room.Key, room => room.Value.Length == 0 ? "nothing" : string.Join(", ", room.Value)));
    }

    [Fact]
    public void What_users_name_is_in_one_namespace() =>
        Library.GetExportedTypes().Select(t => t.Namespace).Distinct().Should().Equal("MemoryWatch");

    [Fact]
    public void The_core_knows_three_packages_and_no_host()
    {
        var references = Library.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal));

        references.Should().BeSubsetOf(["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options"]);
    }
}
