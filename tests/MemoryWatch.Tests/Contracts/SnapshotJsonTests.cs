using System.Text.Json;

namespace MemoryWatch.Tests.Contracts;

/// <summary>A snapshot as pages and scripts get it: with the serialiser as it is by default, no converter to be added.</summary>
public sealed class SnapshotJsonTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly MemorySnapshot _snapshot = new()
    {
        Time = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero),
        Trigger = SnapshotTrigger.Explicit,
        Zone = MemoryZone.Critical,
        Operation = "Upload Finished",
        Context = "User 5",
        Usage = new() { UsedBytes = 460, LimitBytes = 512, Source = LimitSource.Container },
        Process = new() { ResidentBytes = 450 },
        Metrics = new([new("Sessions"), new("Open files")], [3, null]),
    };

    [Fact]
    public void Metrics_are_by_name_enums_are_text_and_unknown_numbers_null()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(_snapshot, Web));
        var root = json.RootElement;

        (Text("zone"), Text("trigger"), Text("operation"), Text("context")).Should()
            .Be(("Critical", "Explicit", "Upload Finished", "User 5"));
        root.GetProperty("usage").GetProperty("source").GetString().Should().Be("Container");
        root.GetProperty("usage").GetProperty("usedBytes").GetInt64().Should().Be(460);
        root.GetProperty("process").GetProperty("virtualBytes").ValueKind.Should().Be(JsonValueKind.Null);
        root.GetProperty("metrics").GetRawText().Should().Be("""{"Sessions":3,"Open files":null}""");

        string? Text(string name) => root.GetProperty(name).GetString();
    }

    [Fact]
    public void It_can_be_read_back()
    {
        var read = JsonSerializer.Deserialize<MemorySnapshot>(JsonSerializer.Serialize(_snapshot))!;

        (read.Time, read.Trigger, read.Zone, read.Operation, read.Context.Text).Should()
            .Be((_snapshot.Time, _snapshot.Trigger, _snapshot.Zone, _snapshot.Operation, "User 5"));
        (read.Usage.UsedBytes, read.Usage.LeastUsedBytes, read.Usage.LimitBytes, read.Usage.Source, read.Usage.Precision).Should().Be((
            _snapshot.Usage.UsedBytes, _snapshot.Usage.LeastUsedBytes, _snapshot.Usage.LimitBytes, _snapshot.Usage.Source,
            _snapshot.Usage.Precision));
        read.Process.Should().Be(_snapshot.Process);
        read.Metrics.ToString().Should().Be(_snapshot.Metrics.ToString());
    }

    [Fact]
    public void Named_values_of_a_context_stand_beside_its_text_and_come_back()
    {
        var context = new OperationContext("User 5").With("text", "mine").With("size", 4.5).With("ok", true).With("nothing", null).With("id", 7L);

        var json = JsonSerializer.Serialize(context);
        var read = JsonSerializer.Deserialize<OperationContext>(json);

        json.Should().Be("""{"text":"User 5","values":{"text":"mine","size":4.5,"ok":true,"nothing":null,"id":7}}""");
        read.Text.Should().Be("User 5");
        read.Values.Should().Equal(context.Values);
    }

    [Theory]
    [InlineData("""{"Metrics":[1,2]}""")]
    [InlineData("""{"Context":[]}""")]
    [InlineData("""{"Zone":"Sunny"}""")]
    public void What_is_no_snapshot_is_refused_as_any_other_json(string json) =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<MemorySnapshot>(json)).Should().Throw<JsonException>();

    [Fact]
    public void Numbers_that_JSON_does_not_have_become_text()
    {
        var context = new OperationContext("x").With("ratio", double.NaN).With("day", new DateOnly(2026, 11, 25)).With("big", ulong.MaxValue);

        JsonSerializer.Serialize(context).Should().Be("""{"text":"x","values":{"ratio":"NaN","day":"11/25/2026","big":18446744073709551615}}""");
    }
}
