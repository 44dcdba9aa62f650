using System.Collections;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;

namespace MemoryWatch.Tests.Tell;

/// <summary>
/// Advice names what the user typed and what is wrong with it, and is gone when followed. What the runtime makes of each value was found by running
/// a program with it, on .NET 10 in a container of 512 MB and without one.
/// </summary>
public sealed class GcAdviceTests
{
    private const long MB = 1 << 20;
    private const long Machine = 24_105;

    /// <summary>A variable that is wrong in a container of 512 MB, what the GC may use then in MB, and the right setting.</summary>
    public static TheoryData<string, double, string> Wrong => new()
    {
        { "DOTNET_GCHeapHardLimit=400000000", 16_384, "DOTNET_GCHeapHardLimit=0x17D78400" },
        { "COMPlus_GCHeapHardLimit=400000000", 16_384, "COMPlus_GCHeapHardLimit=0x17D78400" },
        { "DOTNET_GCHeapHardLimit=209715200", 8343.1, "DOTNET_GCHeapHardLimit=0xC800000" },
        { "DOTNET_GCHeapHardLimit=1000000000", 65_536, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHeapHardLimit=0x40000000", 1024, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHeapHardLimit=0x1F000000", 496, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHeapHardLimit=400000", 4, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHeapHardLimit=0.5GB", 384, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHeapHardLimit=zz", 384, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHeapHardLimit=FFFFFFFFFFFFFFFF", 0, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHeapHardLimit=C800000h", 200, "DOTNET_GCHeapHardLimit=0xC800000" },
        { "DOTNET_GCHeapHardLimitPercent=64", 384, "DOTNET_GCHeapHardLimitPercent=40" },
        { "DOTNET_GCHeapHardLimitPercent=75", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "COMPlus_GCHeapHardLimitPercent=75", 384, "COMPlus_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=75%", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=0x64", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=100", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=FF", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=60", 491.5, "DOTNET_GCHeapHardLimitPercent=3C" },
        { "DOTNET_GCHeapHardLimitPercent=5F", 486.4, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=2", 10.2, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=zz", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=0.75", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCHeapHardLimitPercent=4G", 20.5, "DOTNET_GCHeapHardLimitPercent=4" },
        { "DOTNET_GCHeapHardLimitPercent=4B", 18_079, "DOTNET_GCHeapHardLimit=0x18000000" },
        { "DOTNET_GCHEAPHARDLIMIT=C800000", 384, "DOTNET_GCHeapHardLimit=C800000" },
        { "DOTNET_gcheaphardlimitpercent=75", 384, "DOTNET_GCHeapHardLimitPercent=4B" },
        { "DOTNET_GCGen0Size=4000000", 384, "DOTNET_GCgen0size=4000000" },
        { "DOTNET_GCgen0size=67108864", 384, "DOTNET_GCgen0size=0x4000000" },
        { "DOTNET_GCConserveMemory=10", 384, "DOTNET_GCConserveMemory=9" },
        { "DOTNET_gcServer=true", 384, "DOTNET_gcServer=1" },
        { "System.GC.HeapHardLimit=1000000000", 953.7, "System.GC.HeapHardLimit=402653184" },
        { "System.GC.HeapHardLimit=10000000", 9.5, "System.GC.HeapHardLimit=402653184" },
        { "System.GC.HeapHardLimit=C800000", 384, "System.GC.HeapHardLimit=402653184" },
        { "System.GC.HeapHardLimitPercent=0", 384, "System.GC.HeapHardLimitPercent=75" },
        { "System.GC.HeapHardLimitPercent=100", 384, "System.GC.HeapHardLimitPercent=75" },
        { "System.GC.HeapHardLimitPercent=150", 384, "System.GC.HeapHardLimitPercent=75" },
        { "System.GC.ConserveMemory=50", 384, "System.GC.ConserveMemory=9" },
        { "System.GC.Server=1", 384, "System.GC.Server=true" },
        { "GCHeapHardLimit=200000000", 384, "System.GC.HeapHardLimit=200000000" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_setting_that_does_not_work_is_named_as_typed_with_the_right_one_beside_it(string typed, double heapMegabytes, string right)
    {
        var advice = Advice([typed], heapMegabytes);

        advice.Should().Contain(typed).And.Contain($"set {right}").And.NotContain("; ", "there is one fault");
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Advice_is_gone_when_it_is_followed(string typed, double heapMegabytes, string right)
    {
        Advice([typed], heapMegabytes).Should().NotBeEmpty();

        // What the runtime does with the right value: hexadecimal in the environment, decimal in the file.
        var (name, value) = (right.Split('=')[0], right.Split('=')[1]);
        var number = name.StartsWith("System", StringComparison.Ordinal)
            ? long.TryParse(value, out var bytes) ? bytes : 1
            : Convert.ToInt64(value.Replace("0x", string.Empty, StringComparison.Ordinal), 16);
        var heap = name.EndsWith("Percent", StringComparison.Ordinal) ? 512d * number / 100
            : name.EndsWith("HardLimit", StringComparison.Ordinal) ? number / (double)MB
            : 384;

        Advice([right], heap, isServer: name.EndsWith("Server", StringComparison.OrdinalIgnoreCase) && name.StartsWith("DOTNET", StringComparison.Ordinal))
            .Should().NotContain(typed).And.NotContain("HeapHardLimit").And.NotContain("Gen0").And.NotContain("Conserve");
    }

    [Theory]
    [InlineData("DOTNET_GCHeapHardLimit=0xC800000", 200)]
    [InlineData("DOTNET_GCHeapHardLimit=C800000", 200)]
    [InlineData("DOTNET_GCHeapHardLimit=+C800000 ", 200)]
    [InlineData("DOTNET_GCHeapHardLimit=0x4000000", 64)]
    [InlineData("DOTNET_GCHeapHardLimit=0", 384)]
    [InlineData("DOTNET_GCHeapHardLimit=", 384)]
    [InlineData("DOTNET_GCHeapHardLimitPercent=4B", 384)]
    [InlineData("DOTNET_GCHeapHardLimitPercent=0x4b ", 384)]
    [InlineData("DOTNET_GCHeapHardLimitPercent=14", 102.4)]
    [InlineData("DOTNET_GCHeapHardLimitPercent=0", 384)]
    [InlineData("System.GC.HeapHardLimit=200000000", 190.7)]
    [InlineData("System.GC.HeapHardLimit=200000000.0", 190.7)]
    [InlineData("System.GC.HeapHardLimit=0xC800000", 200)]
    [InlineData("System.GC.HeapHardLimit=0200000000", 32)]
    [InlineData("System.GC.HeapHardLimitPercent=50", 256)]
    [InlineData("System.GC.HeapHardLimitPercent=75%", 384)]
    [InlineData("DOTNET_GCConserveMemory=9", 384)]
    [InlineData("DOTNET_GCgen0size=4000000", 384)]
    [InlineData("DOTNET_gcServer=0", 384)]
    [InlineData("DOTNET_gcServer=off", 384)]
    [InlineData("DOTNET_GCHeapAffinitizeMask=3", 384)]
    public void What_the_user_chose_and_works_is_left_alone(string typed, double heapMegabytes) => Advice([typed], heapMegabytes).Should().BeEmpty();

    [Fact]
    public void Nothing_is_advised_where_nothing_is_set_and_the_runtime_derived_its_limit() => Advice([], 384).Should().BeEmpty();

    [Fact]
    public void A_decimal_number_of_bytes_is_explained() => Advice(["DOTNET_GCHeapHardLimit=400000000"], 16_384).Should().Be(
        "DOTNET_GCHeapHardLimit=400000000 is read as hexadecimal and means 16384 MB, more than the container's 512 MB, so it limits nothing: if 400000000 bytes are meant (381.5 MB), set DOTNET_GCHeapHardLimit=0x17D78400");

    [Fact]
    public void A_decimal_percentage_is_explained() => Advice(["DOTNET_GCHeapHardLimitPercent=75"], 384).Should().Be(
        "DOTNET_GCHeapHardLimitPercent=75 is read as hexadecimal and means 117 %, and the runtime ignores all but 1 % to 99 %, so the GC may use 384 MB: if 75 % are meant, set DOTNET_GCHeapHardLimitPercent=4B");

    [Fact]
    public void A_container_that_the_runtime_does_not_see_needs_a_limit_in_bytes() => Advice([], Machine).Should().Be(
        "the GC may use 24105 MB of the container's 512 MB, which leaves too little for everything else: set DOTNET_GCHeapHardLimit=0x18000000 (384 MB)");

    [Fact]
    public void A_GC_that_may_not_use_half_of_it_though_nothing_is_set_is_to_be_given_more() => Advice([], 200).Should().Be(
        "the GC may use 200 MB of the container's 512 MB, so it runs out of memory with half of it free: set DOTNET_GCHeapHardLimit=0x18000000 (384 MB)");

    [Theory]
    [InlineData("DOTNET_GCHeapHardLimitPercent=4B", "DOTNET_GCHeapHardLimit=0xC800000")]
    [InlineData("System.GC.HeapHardLimitPercent=50", "System.GC.HeapHardLimit=209715200")]
    [InlineData("DOTNET_GCHeapHardLimitPercent=4B", "System.GC.HeapHardLimit=209715200")]
    public void A_percentage_beside_a_number_of_bytes_has_no_effect(string percent, string bytes) =>
        Advice([percent, bytes], 200).Should().StartWith(percent).And.Contain($"has no effect, because {bytes}").And.EndWith("remove one of them");

    [Fact]
    public void A_variable_that_overrides_the_file_is_a_choice() =>
        Advice(["DOTNET_GCHeapHardLimit=0xC800000", "System.GC.HeapHardLimitPercent=50"], 200).Should().BeEmpty();

    [Fact]
    public void The_first_of_several_places_counts()
    {
        var settings = Settings("COMPlus_GCHeapHardLimit=zz", "DOTNET_GCHeapHardLimit=0xC800000", "System.GC.HeapHardLimit=1");

        settings[GcKnob.HeapLimit]!.Value.Name.Should().Be("DOTNET_GCHeapHardLimit");
        Settings("DOTNET_GCHeapHardLimit=", "COMPlus_GCHeapHardLimit=0xC800000")[GcKnob.HeapLimit]!.Value.Name.Should().Be("COMPlus_GCHeapHardLimit");
    }

    [Fact]
    public void Where_variables_have_no_case_none_is_misspelled_by_it() =>
        GcSettingsReader.Read(new Hashtable { ["DOTNET_GCHEAPHARDLIMIT"] = "C800000" }, _ => null, areNamesCaseSensitive: false).Should().Be(GcSettings.None);

    [Theory]
    [InlineData("System.GC.Server=true", "server GC (System.GC.Server=true in runtimeconfig.json, the default of web projects) spends memory")]
    [InlineData("DOTNET_GCHeapCount=1", "server GC spends memory")]
    public void Server_GC_that_nobody_asked_for_in_the_environment_is_advised_against_in_a_small_container(string typed, string advice) =>
        Advice([typed], 384, isServer: true).Should().StartWith(advice).And.EndWith("set DOTNET_gcServer=0, or DOTNET_gcServer=1 to keep it without this advice");

    [Fact]
    public void Server_GC_that_was_asked_for_is_not_undone() => Advice(["DOTNET_gcServer=1"], 384, isServer: true).Should().BeEmpty();

    [Theory]
    [InlineData("DOTNET_gcServer=1")]
    [InlineData("System.GC.Server=true")]
    public void Server_GC_on_one_core_is_said_to_be_ignored_and_nothing_is_ordered(string typed) =>
        Advice([typed, "DOTNET_GCHeapCount=2"], 384, cores: 1).Should().StartWith(typed).And.Contain("at least 2 cores").And.NotContain("set ").And.NotContain("; ");

    [Fact]
    public void The_word_false_enables_server_GC() =>
        Advice(["DOTNET_gcServer=false"], 384, isServer: true).Should().Contain("enables server GC: set DOTNET_gcServer=0");

    [Fact]
    public void Heaps_are_for_server_GC_and_at_most_as_many_as_cores()
    {
        Advice(["DOTNET_GCHeapCount=2"], 384).Should().StartWith("DOTNET_GCHeapCount=2 has no effect, because it is for server GC");
        Advice(["DOTNET_gcServer=1", "DOTNET_GCHeapCount=10"], 384, isServer: true, cores: 12).Should()
            .Be("DOTNET_GCHeapCount=10 is read as hexadecimal and means 16 heaps, more than the 12 cores: set DOTNET_GCHeapCount=A");
    }

    [Fact]
    public void The_GC_is_not_judged_by_a_limit_that_it_cannot_know()
    {
        var setting = new MemorySnapshot { Usage = new() { LimitBytes = 512 * MB, UsedBytes = 0, Source = LimitSource.Setting } };

        GcAdvice.For(GcJudge.Judge(GcSettings.None, setting, new(24_000 * MB, false, 2))).Should().BeEmpty();
        GcAdvice.For(GcJudge.Judge(Settings("DOTNET_GCHeapHardLimitPercent=4B"), setting, new(18_000 * MB, false, 2))).Should().BeEmpty();
        GcAdvice.For(GcJudge.Judge(Settings("DOTNET_GCHeapHardLimit=400000000"), setting, new(16_384 * MB, false, 2)))
            .Should().Contain("more than the 512 MB of the Limit setting").And.EndWith("0x17D78400");
    }

    [Theory]
    [InlineData("DOTNET_GCHeapHardLimit=1900000000", "more than the machine's 24105 MB")]
    [InlineData("DOTNET_GCHeapHardLimit=400000000", null)]
    [InlineData("DOTNET_GCHeapHardLimit=zz", "set a number of bytes such as 0x18000000 (384 MB), or remove it")]
    [InlineData("DOTNET_GCHeapHardLimit=1000", "set more, or remove it")]
    [InlineData("DOTNET_GCHeapHardLimitPercent=75", "set DOTNET_GCHeapHardLimitPercent=4B")]
    public void Without_a_container_only_what_cannot_be_is_wrong(string typed, string? advice)
    {
        var machine = new MemorySnapshot
        {
            Usage = new() { LimitBytes = Machine * MB, UsedBytes = 0, Source = LimitSource.Machine },
            Machine = new() { TotalBytes = Machine * MB },
        };

        var said = GcAdvice.For(GcJudge.Judge(Settings(typed), machine, new(Machine * MB, false, 2)));

        (advice is null ? said.Length == 0 : said.Contains(advice, StringComparison.Ordinal)).Should().BeTrue(said);
    }

    [Fact]
    public void Foreign_text_stays_in_the_line() =>
        Advice(["DOTNET_GCHeapHardLimit=\n2026 forged"], 384).Should().Contain(@"DOTNET_GCHeapHardLimit=\n2026 forged").And.NotContain("\n");

    [Fact]
    public void All_faults_are_said_in_one_line() =>
        Advice(["DOTNET_GCHeapHardLimitPercent=75", "DOTNET_GCConserveMemory=10"], 384).Should().Contain("Percent=4B; DOTNET_GCConserveMemory").And.NotContain("\n");

    private static string Advice(string[] typed, double heapMegabytes, bool isServer = false, int cores = 2)
    {
        var container = new MemorySnapshot
        {
            Usage = new() { LimitBytes = 512 * MB, UsedBytes = 0, Source = LimitSource.Container },
            Container = new() { LimitBytes = 512 * MB },
            Machine = new() { TotalBytes = Machine * MB },
        };
        var heap = heapMegabytes > 0 ? (long?)(heapMegabytes * MB) : null;
        return GcAdvice.For(GcJudge.Judge(Settings(typed), container, new(heap, isServer, cores)));
    }

    private static GcSettings Settings(params string[] typed)
    {
        var pairs = typed.Select(text => text.Split('=', 2)).ToArray();
        var variables = new Hashtable(pairs.Where(pair => pair[0].Contains('_', StringComparison.Ordinal)).ToDictionary(pair => pair[0], pair => pair[1]));
        return GcSettingsReader.Read(variables, name => Array.Find(pairs, pair => pair[0] == name)?[1], areNamesCaseSensitive: true);
    }
}
