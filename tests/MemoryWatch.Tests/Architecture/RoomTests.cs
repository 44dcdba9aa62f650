using System.Reflection;
using NetArchTest.Rules;

namespace MemoryWatch.Tests.Architecture;

/// <summary>The house as docs/ARCHITECTURE.md draws it: one direction, and nothing but three packages at the door.</summary>
public sealed class RoomTests
{
    private static readonly Assembly Library = typeof(IMemoryWatch).Assembly;

    /// <summary>From the first room to the last: each may use those before it.</summary>
    private static readonly string[] Rooms =
    [
        "Values", "Plugins", "Readings", "Metrics", "Operations", "Snapshots", "Detection", "Diagnosis", "Relief", "Reporting", "BlackBox", "Watching",
    ];

    public static TheoryData<string> AllRooms => [.. Rooms];

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void A_room_uses_only_rooms_before_it(string room)
    {
        string[] later =
        [
            .. Rooms.SkipWhile(r => r != room).Skip(1).Select(r => $"MemoryWatch.{r}"),
            .. Library.GetTypes().Where(t => t.Namespace == "MemoryWatch").Select(t => t.FullName!),
        ];

        var result = Types.InAssembly(Library)
            .That().ResideInNamespace($"MemoryWatch.{room}")
            .ShouldNot().HaveDependencyOnAny(later)
            .GetResult();

        result.FailingTypeNames.Should().BeNullOrEmpty("{0} stands before what these types use", room);
    }

    [Fact]
    public void Every_type_lives_in_a_known_room()
    {
        var namespaces = Library.GetTypes()
            .Where(t => t.Namespace?.StartsWith("MemoryWatch", StringComparison.Ordinal) == true)
            .Select(t => t.Namespace!)
            .Distinct();

        namespaces.Should().BeEquivalentTo([.. Rooms.Select(r => $"MemoryWatch.{r}"), "MemoryWatch"]);
    }

    [Fact]
    public void The_core_knows_three_packages_and_no_host()
    {
        var references = Library.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal));

        references.Should().BeSubsetOf(["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options"]);
    }
}
