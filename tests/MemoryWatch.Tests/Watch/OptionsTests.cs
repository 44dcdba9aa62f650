using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Watch;

public sealed class OptionsTests
{
    private static IEnumerable<string> SettingNames =>
    [
        .. Settable(typeof(MemoryWatchOptions)), .. Settable(typeof(BlackBoxOptions)).Select(name => "BlackBox:" + name),
        .. Settable(typeof(ReliefOptions)).Select(name => "Relief:" + name),
        .. Settable(typeof(HeadroomOptions)).Select(name => "Headroom:" + name),
        .. Settable(typeof(CancelFattestOptions)).Select(name => "CancelFattest:" + name),
        .. Settable(typeof(RestartOptions)).Select(name => "Restart:" + name), .. Settable(typeof(HeapLimitOptions)).Select(name => "HeapLimit:" + name),
    ];

    [Fact]
    public void The_defaults_are_those_of_a_512_MB_container()
    {
        var options = new MemoryWatchOptions();

        options.Validate().Should().BeEmpty();
        const long Limit = 512 << 20;
        options.ElevatedThreshold.Resolve(Limit).Should().Be(350 << 20);
        options.HighThreshold.Resolve(Limit).Should().Be(400 << 20);
        options.CriticalThreshold.Resolve(Limit).Should().Be(450 << 20);
        options.ImminentThreshold.Resolve(Limit).Should().Be(500 << 20);
        options.SpikeThreshold.Resolve(Limit).Should().Be(50 << 20);
        options.PeriodicCollectionInterval.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Every_setting_can_be_given_as_text_in_any_case()
    {
        var options = new MemoryWatchOptions();

        foreach (var (name, value) in new[]
        {
            ("enabled", "False"), ("LIMIT", "1GB"), ("Interval", "500ms"), ("ElevatedThreshold", "60%"), ("HighThreshold", "350MB"),
            ("CriticalThreshold", "800 MB"), ("ImminentThreshold", "95.5 %"), ("SpikeThreshold", "80MB"), ("SpikeWindow", "00:00:30"),
            ("PeriodicInterval", "600"), ("GcReportInterval", "0"), ("EnableCollectionWhenHigh", "false"), ("CollectionCooldown", "2min"),
            ("PeriodicCollectionInterval", "1h"), ("LongOperationAge", "90s"), ("budgets:Download:allocated", "80MB"), ("Budgets:GET /a:b:Change", "20 MB"),
            ("PeriodicCollectionInterval", "1h"), ("BlackBox:Path", "data/memory.blackbox"), ("BlackBox:Size", "256KB"), ("BlackBox:KeptFiles", "7"),
            ("TerminationLogPath", ""), ("Relief:ObserveOnly", "true"), ("relief:target", "30%"), ("Relief:TrimNativeHeap", "false"),
            ("restart:enabled", "true"), ("Restart:From", "critical"), ("Restart:DrainTimeout", "1min"), ("Restart:StopTimeout", "50s"),
            ("Restart:ExitCode", "3"), ("Restart:MostPerDay", "5"), ("Restart:MinimumUptime", "1h"), ("Restart:Background", " Poller, , Heartbeat "),
            ("HeapLimit:Enabled", "true"), ("HeapLimit:Reserve", "40MB"),
        })
        {
            options.Set(name, value).Should().BeTrue("{0} allows {1}", name, value);
        }

        options.Should().BeEquivalentTo(new
        {
            Enabled = false,
            Limit = (MemorySize?)MemorySize.FromMegabytes(1024),
            Interval = TimeSpan.FromMilliseconds(500),
            ElevatedThreshold = MemoryThreshold.Relative(0.6),
            HighThreshold = MemoryThreshold.Absolute("350MB"),
            CriticalThreshold = MemoryThreshold.Absolute("800MB"),
            ImminentThreshold = MemoryThreshold.Relative(0.955),
            SpikeThreshold = MemoryThreshold.Absolute("80MB"),
            SpikeWindow = TimeSpan.FromSeconds(30),
            PeriodicInterval = TimeSpan.FromMinutes(10),
            GcReportInterval = TimeSpan.Zero,
            EnableCollectionWhenHigh = false,
            CollectionCooldown = TimeSpan.FromMinutes(2),
            PeriodicCollectionInterval = TimeSpan.FromHours(1),
            LongOperationAge = TimeSpan.FromSeconds(90),
            BlackBox = new BlackBoxOptions { Path = "data/memory.blackbox", Size = new MemorySize(256 << 10), KeptFiles = 7 },
            Restart = new RestartOptions
            {
                Enabled = true, From = MemoryZone.Critical, DrainTimeout = TimeSpan.FromMinutes(1), StopTimeout = TimeSpan.FromSeconds(50), ExitCode = 3,
                MostPerDay = 5, MinimumUptime = TimeSpan.FromHours(1), Background = ["Poller", "Heartbeat"],
            },
            HeapLimit = new HeapLimitOptions { Enabled = true, Reserve = "40MB" },
            TerminationLogPath = "",
            Relief = new ReliefOptions { ObserveOnly = true, Target = "30%", TrimNativeHeap = false },
        });
        options.Budgets["download"].Should().Be(new OperationBudget(allocated: "80MB"));
        options.Budgets["GET /a:b"].Should().Be(new OperationBudget(change: "20MB"));
        options.Validate().Should().BeEmpty();
    }

    [Fact]
    public void The_settings_of_headroom_and_of_cancelling_can_be_given_as_text_too()
    {
        var options = new MemoryWatchOptions();

        foreach (var (name, value) in new[]
        {
            ("Headroom:Ceiling", "90%"), ("headroom:defaultlease", "24MB"), ("Headroom:QueueLimit", "1GB"), ("Headroom:QueueTimeout", "5s"),
            ("Headroom:QueueNewestFirst", "true"), ("CancelFattest:Enabled", "true"), ("CancelFattest:Cooldown", "2min"),
        })
        {
            options.Set(name, value).Should().BeTrue("{0} allows {1}", name, value);
        }

        options.Validate().Should().BeEmpty();
        options.Headroom.Should().BeEquivalentTo(new HeadroomOptions
        {
            Ceiling = "90%", DefaultLease = "24MB", QueueLimit = "1GB", QueueTimeout = TimeSpan.FromSeconds(5), QueueNewestFirst = true,
        });
        options.CancelFattest.Should().BeEquivalentTo(new CancelFattestOptions { Enabled = true, Cooldown = TimeSpan.FromMinutes(2) });
        options.Set("Headroom:Ceiling", "").Should().BeTrue();
        options.Headroom.Ceiling.Should().BeNull();
    }

    [Fact]
    public void An_empty_limit_takes_back_one_that_was_set_before()
    {
        var options = new MemoryWatchOptions { Limit = "512MB" };

        options.Set("Limit", " ").Should().BeTrue();

        options.Limit.Should().BeNull();
        options.Validate().Should().BeEmpty();
    }

    [Fact]
    public void An_empty_target_of_relief_takes_back_one_that_was_set_before()
    {
        var options = new MemoryWatchOptions { Relief = { Target = "300MB" } };

        options.Set("Relief:Target", "").Should().BeTrue();

        options.Relief.Target.Should().BeNull();
        options.Validate().Should().BeEmpty();
    }

    [Theory]
    [InlineData(null, "400MB", "400MB", null)]
    [InlineData(null, "401MB", "400MB", "401 MB'; it must be at most HighThreshold, which is '400 MB'.")]
    [InlineData(null, "80%", "79%", "80%'; it must be at most HighThreshold, which is '79%'.")]
    [InlineData(null, "401MB", "10%", null)]
    [InlineData("512MB", "401MB", "10%", "401 MB'; it must be at most HighThreshold, which is '10%'.")]
    public void Relief_ends_no_higher_than_it_begins_as_far_as_the_two_can_be_compared(string? limit, string target, string high, string? problem)
    {
        var options = new MemoryWatchOptions { HighThreshold = high, Relief = { Target = target } };
        options.Set("Limit", limit).Should().BeTrue();

        options.Validate().Should().Equal(problem is null ? [] : [$"MemoryWatch:Relief:Target is '{problem}"]);
    }

    [Fact]
    public void The_settings_known_by_name_are_all_there_are()
    {
        var unknown = new MemoryWatchOptions();
        unknown.Set("NoSuchSetting", "1");

        unknown.Validate().Single().Split("There are: ")[1].TrimEnd('.').Split(", ").Should().BeEquivalentTo(SettingNames);
    }

    [Fact]
    public void Every_setting_is_on_the_page_of_settings() =>
        Pages.Read("docs/settings.md").Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])
            .Where(name => !name.StartsWith("Budgets:", StringComparison.Ordinal)).Should().BeEquivalentTo(SettingNames);

    [Theory]
    [InlineData("Limit", "lots", "MemoryWatch:Limit is 'lots'; it must be an amount of at least 16 MB, such as 512MB, or empty for none.")]
    [InlineData("Limit", "1MB", "MemoryWatch:Limit is '1MB'; it must be an amount of at least 16 MB, such as 512MB, or empty for none.")]
    [InlineData("Enabled", "maybe", "MemoryWatch:Enabled is 'maybe'; it must be true or false.")]
    [InlineData("HighThreshold", "120%", "MemoryWatch:HighThreshold is '120%'; it must be an amount such as 400MB of at least 1 MB, or a percentage of the limit such as 78%.")]
    [InlineData("HighThreshold", "0", "MemoryWatch:HighThreshold is '0'; it must be an amount such as 400MB of at least 1 MB, or a percentage of the limit such as 78%. The value has no unit, so it was read as bytes.")]
    [InlineData("SpikeWindow", "1s", "MemoryWatch:SpikeWindow is '1s'; it must be a time such as 00:05:00, 5min or 300s, from 5 s to 10 min.")]
    [InlineData("PeriodicInterval", "never", "MemoryWatch:PeriodicInterval is 'never'; it must be a time such as 00:05:00, 5min or 300s, from 1 s to 1 day, or 0 for never.")]
    [InlineData("PeriodicInterval", "-00:05:00", "MemoryWatch:PeriodicInterval is '-00:05:00'; it must be a time such as 00:05:00, 5min or 300s, from 1 s to 1 day, or 0 for never.")]
    [InlineData("Interval", "0", "MemoryWatch:Interval is '0'; it must be a time such as 00:05:00, 5min or 300s, from 0.1 s to 1 min.")]
    [InlineData("Interval", null, "MemoryWatch:Interval is ''; it must be a time such as 00:05:00, 5min or 300s, from 0.1 s to 1 min.")]
    [InlineData("Limit", "5\n0", @"MemoryWatch:Limit is '5\n0'; it must be an amount of at least 16 MB, such as 512MB, or empty for none.")]
    [InlineData("BlackBox:Path", "data/", "MemoryWatch:BlackBox:Path is 'data/'; it must be a file's path, or empty for none.")]
    [InlineData("TerminationLogPath", "a\0b", @"MemoryWatch:TerminationLogPath is 'a\u0000b'; it must be a file's path, or empty for none.")]
    [InlineData("Headroom:Ceiling", "1KB", "MemoryWatch:Headroom:Ceiling is '1KB'; it must be an amount such as 400MB of at least 1 MB, or a percentage of the limit such as 78%, or empty for none.")]
    [InlineData("Headroom:DefaultLease", "2GB", "MemoryWatch:Headroom:DefaultLease is '2GB'; it must be an amount from 1 MB to 1 GB.")]
    [InlineData("Headroom:QueueLimit", "many", "MemoryWatch:Headroom:QueueLimit is 'many'; it must be an amount, or 0 for no queue.")]
    [InlineData("Headroom:QueueTimeout", "0", "MemoryWatch:Headroom:QueueTimeout is '0'; it must be a time such as 00:05:00, 5min or 300s, from 0.1 s to 10 min.")]
    [InlineData("CancelFattest:Cooldown", "2h", "MemoryWatch:CancelFattest:Cooldown is '2h'; it must be a time such as 00:05:00, 5min or 300s, from 1 s to 1 h.")]
    [InlineData("BlackBox:Size", "17MB", "MemoryWatch:BlackBox:Size is '17MB'; it must be an amount from 64 KB to 16 MB.")]
    [InlineData("BlackBox:Size", "1KB", "MemoryWatch:BlackBox:Size is '1KB'; it must be an amount from 64 KB to 16 MB.")]
    [InlineData("BlackBox:KeptFiles", "0", "MemoryWatch:BlackBox:KeptFiles is '0'; it must be a number from 1 to 20.")]
    [InlineData("Relief:Target", "300", "MemoryWatch:Relief:Target is '300'; it must be an amount such as 400MB of at least 1 MB, or a percentage of the limit such as 78%, or empty for none. The value has no unit, so it was read as bytes.")]
    [InlineData("Relief:Target", "0%", "MemoryWatch:Relief:Target is '0%'; it must be an amount such as 400MB of at least 1 MB, or a percentage of the limit such as 78%, or empty for none.")]
    [InlineData("Relief:ObserveOnly", "perhaps", "MemoryWatch:Relief:ObserveOnly is 'perhaps'; it must be true or false.")]
    [InlineData("BlackBox:KeptFiles", "some", "MemoryWatch:BlackBox:KeptFiles is 'some'; it must be a number from 1 to 20.")]
    [InlineData("Restart:From", "Healthy", "MemoryWatch:Restart:From is 'Healthy'; it must be Elevated, Critical or Imminent.")]
    [InlineData("Restart:From", "3", "MemoryWatch:Restart:From is '3'; it must be Elevated, Critical or Imminent.")]
    [InlineData("Restart:ExitCode", "0", "MemoryWatch:Restart:ExitCode is '0'; it must be a number from 1 to 255.")]
    [InlineData("Restart:MostPerDay", "51", "MemoryWatch:Restart:MostPerDay is '51'; it must be a number from 1 to 50.")]
    [InlineData("Restart:StopTimeout", "0", "MemoryWatch:Restart:StopTimeout is '0'; it must be a time such as 00:05:00, 5min or 300s, from 1 s to 10 min.")]
    [InlineData("Restart:MinimumUptime", "2h5d", "MemoryWatch:Restart:MinimumUptime is '2h5d'; it must be a time such as 00:05:00, 5min or 300s, from 0 s to 1 day.")]
    public void What_is_not_allowed_is_named_with_its_value_and_range(string name, string? value, string problem)
    {
        var options = new MemoryWatchOptions();

        options.Set(name, value);

        options.Validate().Should().Equal(problem);
    }

    [Theory]
    [InlineData("Budgets:Download:Allocated", "lots", "MemoryWatch:Budgets:Download:Allocated is 'lots'; it must be an amount of at least 1 MB, such as 80MB.")]
    [InlineData("Budgets:Download:Change", "500KB", "MemoryWatch:Budgets:Download:Change is '500KB'; it must be an amount of at least 1 MB, such as 80MB.")]
    [InlineData("Budgets:Download:Limit", "80MB", "MemoryWatch:Budgets:Download:Limit is not a setting. There are: Budgets:<operation>:Allocated, Budgets:<operation>:Change.")]
    [InlineData("Budgets:Download", "80MB", "MemoryWatch:Budgets:Download is not a setting. There are: Budgets:<operation>:Allocated, Budgets:<operation>:Change.")]
    public void A_budget_that_is_not_allowed_is_named_with_its_value(string name, string value, string problem)
    {
        var options = new MemoryWatchOptions();

        options.Set(name, value);

        options.Validate().Should().Equal(problem);
    }

    [Fact]
    public void A_budget_in_code_is_checked_as_the_others()
    {
        var options = new MemoryWatchOptions();
        options.SetBudget("Download", allocated: "80MB", change: "20MB");
        options.Validate().Should().BeEmpty();

        options.SetBudget("Import", allocated: "1KB");

        options.Validate().Should().Equal("MemoryWatch:Budgets:Import:Allocated is '1024 bytes'; it must be an amount of at least 1 MB, such as 80MB.");
        options.Invoking(o => o.SetBudget(" ", "1MB")).Should().Throw<ArgumentException>();
        options.Invoking(o => o.SetBudget("Upload")).Should().Throw<ArgumentException>().WithMessage("A budget limits *");
    }

    [Fact]
    public void Text_changes_the_part_of_a_budget_that_it_names()
    {
        var options = new MemoryWatchOptions();
        options.SetBudget("Download", allocated: "80MB", change: "20MB");

        options.Set("Budgets:Download:Change", "30MB");

        options.Budgets["Download"].Should().Be(new OperationBudget("80MB", "30MB"));
    }

    [Theory]
    [InlineData("90%", "80%", "98%", null)]
    [InlineData("70%", "99%", "98%", null)]
    [InlineData("300MB", "80%", "98%", "320MB")]
    public void Zones_must_follow_one_another(string elevated, string critical, string imminent, string? limit)
    {
        var options = new MemoryWatchOptions
        {
            ElevatedThreshold = elevated,
            CriticalThreshold = critical,
            ImminentThreshold = imminent,
            Limit = limit is null ? default(MemorySize?) : MemorySize.Parse(limit),
        };

        options.Validate().Should().ContainSingle().Which.Should().MatchRegex("^MemoryWatch:(Critical|Imminent)Threshold is '.*'; it must be more than ");
    }

    [Theory]
    [InlineData("ElevatedThreshold")]
    [InlineData("HighThreshold")]
    [InlineData("CriticalThreshold")]
    [InlineData("ImminentThreshold")]
    [InlineData("SpikeThreshold")]
    public void A_threshold_above_the_limit_could_never_be_reached(string name)
    {
        var options = new MemoryWatchOptions { Limit = "512MB" };
        options.Set(name, "900MB");
        options.Validate().Should().Equal($"MemoryWatch:{name} is '900MB'; it must be at most the limit, which is '512 MB'.");

        options.Set("Limit", "0.5Gi");
        options.Validate().Should().Equal($"MemoryWatch:{name} is '900MB'; it must be at most the limit, which is '0.5Gi'.");

        options.Set("Limit", "1GB");
        options.Validate().Should().NotContain(problem => problem.Contains("at most the limit", StringComparison.Ordinal));
        options.Limit = null;
        options.Validate().Should().NotContain(problem => problem.Contains("at most the limit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HighThreshold", "512MB", "512MB")]
    [InlineData("HighThreshold", "100%", "512MB")]
    [InlineData("SpikeThreshold", "50MB", "32MB")]
    public void A_threshold_at_the_limit_or_a_default_is_allowed(string name, string value, string limit)
    {
        var options = new MemoryWatchOptions { Limit = limit };
        options.Set(name, value);

        options.Validate().Should().BeEmpty();
    }

    [Theory]
    [InlineData("Limit", "512")]
    [InlineData("HighThreshold", "400")]
    [InlineData("BlackBox:Size", "256")]
    public void A_size_without_a_unit_is_pointed_out(string name, string value)
    {
        var options = new MemoryWatchOptions();

        options.Set(name, value);

        options.Validate().Should().ContainSingle().Which.Should().StartWith($"MemoryWatch:{name} is '{value}'; it must be ").And.EndWith("The value has no unit, so it was read as bytes.");
    }

    [Fact]
    public void What_was_typed_is_shown_only_while_it_is_the_value()
    {
        var options = new MemoryWatchOptions();
        options.Set("Limit", "1MB");

        options.Limit = "2MB";

        options.Validate().Should().ContainSingle().Which.Should().StartWith("MemoryWatch:Limit is '2 MB'; ");
    }

    private static IEnumerable<string> Settable(Type options) => options.GetProperties().Where(p => p.SetMethod is not null).Select(p => p.Name);
}
