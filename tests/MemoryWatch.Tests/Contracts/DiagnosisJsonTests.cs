using System.Text.Json;
using MemoryWatch.Judge;
using MemoryWatch.Tests.Judge.Findings;

namespace MemoryWatch.Tests.Contracts;

/// <summary>A diagnosis as pages and scripts get it: with the serializer as it is by default.</summary>
public sealed class DiagnosisJsonTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Rules_are_text_and_evidence_has_names_and_units()
    {
        var diagnosis = FindingJudge.Judge(FactsOf.Nothing with { PauseFraction = 0.25 });

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(diagnosis, Web));

        json.RootElement.GetProperty("findings")[0].GetRawText().Should().Be(
            """{"rule":"LongPauses","severity":"Warning","subject":null,"evidence":[{"name":"pause_fraction","value":0.25,"unit":"Fraction"}],"processes":[],"capacity":null,"cost":null,"leak":null}""");
        json.RootElement.GetProperty("silent")[0].GetRawText().Should().Be("""{"rule":"ManagedLeak","reason":"NotReadable","value":null,"threshold":null}""");
    }

    [Fact]
    public void Every_finding_can_be_serialized() =>
        JsonSerializer.Serialize(FindingJudge.Judge(EveryFinding.Facts()), Web).Should().Contain("\"rule\":\"PageCache\"");
}
