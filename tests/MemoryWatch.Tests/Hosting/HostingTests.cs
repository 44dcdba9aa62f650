using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Tests.Hosting;

public sealed class HostingTests
{
    private readonly LogCapture _log = new();

    [Fact]
    public async Task A_service_that_uses_the_watch_may_itself_be_a_metric()
    {
        using var host = Build(services => services
            .AddSingleton<SessionManager>()
            .AddMemoryWatch().AddMetric<SessionManager>("Sessions", s => s.Count, m => m.Maximum = 3));

        await host.StartAsync().WaitAsync(TimeSpan.FromSeconds(20));

        var watch = host.Services.GetRequiredService<IMemoryWatch>();
        watch.Snapshot("Asked").Metrics["Sessions"].Should().Be(2);
        host.Services.GetRequiredService<SessionManager>().Watch.Should().BeSameAs(watch);
        await host.StopAsync();
    }

    [Fact]
    public async Task All_four_kinds_are_plugged_in_and_registered_if_need_be()
    {
        using var host = Build(services => services.AddMemoryWatch(o => o.Limit = "16MB")
            .AddMetricsProvider<Uptime>().AddDetector<Detector>().AddRelief<Step>().AddObserver<Observer>());
        await host.StartAsync();

        var told = host.Services.GetRequiredService<Observer>().Told;
        (await told.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be("uptime 42, alert odd");
        await host.Services.GetRequiredService<Step>().Asked.WaitAsync(TimeSpan.FromSeconds(30));
        await host.StopAsync();
    }

    [Theory]
    [InlineData("MemoryWach:HighThreshold", "MemoryWatch does not read 'MemoryWach' in the configuration. Did you mean 'MemoryWatch'?")]
    [InlineData("MemoryWatcher:Limit", "MemoryWatch does not read 'MemoryWatcher' in the configuration. Did you mean 'MemoryWatch'?")]
    [InlineData("HighThreshold", "MemoryWatch does not read 'HighThreshold' in the configuration. Did you mean 'MemoryWatch:HighThreshold'?")]
    [InlineData("MemoryWatch_SpikeWindow", "MemoryWatch does not read 'MemoryWatch_SpikeWindow' in the configuration. Did you mean 'MemoryWatch__SpikeWindow'?")]
    [InlineData("memorywatch:HighThreshold", null)]
    [InlineData("MemoryCache:Limit", null)]
    [InlineData("MemoryWatch_Approve", null)]
    [InlineData("Limit", null)]
    public async Task A_setting_outside_its_section_is_pointed_out(string key, string? message)
    {
        using var host = Build(services => services.AddMemoryWatch(), (key, "350MB"));

        await host.StartAsync();
        await host.StopAsync();

        _log.Of(LogEvents.SettingMisplaced).Select(l => l.Text).Should().Equal(message is null ? [] : [message]);
    }

    [Fact]
    public async Task Adding_it_twice_makes_one_watch_with_the_settings_and_plug_ins_of_both()
    {
        using var host = Build(services =>
        {
            services.AddSingleton<SessionManager>();
            services.AddMemoryWatch(o => o.Limit = "300MB").AddMetric<SessionManager>("Sessions", s => s.Count);
            services.AddMemoryWatch(o => o.Interval = TimeSpan.FromSeconds(2)).AddMetric<SessionManager>("Queue", s => 7);
        });
        await host.StartAsync();

        var snapshot = host.Services.GetRequiredService<IMemoryWatch>().Snapshot("Asked");

        snapshot.Metrics["Sessions"].Should().Be(2);
        snapshot.Metrics["Queue"].Should().Be(7);
        snapshot.Usage.LimitBytes.Should().Be(300 << 20);
        _log.Of(LogEvents.Started).Should().ContainSingle();
        await host.StopAsync();
        _log.Of(LogEvents.Stopped).Should().ContainSingle();
    }

    [Theory]
    [InlineData(ServiceLifetime.Scoped, "*Metric 'Sessions'*SessionManager*registered as scoped*")]
    [InlineData(ServiceLifetime.Transient, "*Metric 'Sessions'*SessionManager*registered as transient*")]
    [InlineData(null, "*Metric 'Sessions'*SessionManager*not registered*AddSingleton<SessionManager>()*")]
    public async Task What_is_not_a_singleton_is_refused_by_its_name(ServiceLifetime? lifetime, string message)
    {
        using var host = Build(services =>
        {
            if (lifetime is { } known)
            {
                services.Add(new(typeof(SessionManager), typeof(SessionManager), known));
            }

            services.AddMemoryWatch().AddMetric<SessionManager>("Sessions", s => s.Count);
        });

        var start = () => host.StartAsync();

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage(message);
    }

    [Fact]
    public async Task A_black_box_is_kept_below_the_content_root_and_tells_the_next_host()
    {
        using var folder = new TempFolder();
        for (var run = 1; run <= 2; run++)
        {
            using var host = Build(
                services => services.AddSingleton<IHostEnvironment>(new ContentRoot(folder.Path)).AddMemoryWatch().AddBlackBox());
            await host.StartAsync();
            var watch = host.Services.GetRequiredService<IMemoryWatch>();
            watch.Mark($"Run {run}");

            watch.PreviousRun?.RecentEntries.Single().Name.Should().Be("Run 1");
            (watch.PreviousRun is null).Should().Be(run == 1);
            await host.StopAsync();
        }

        File.Exists(folder.File("data/memory.blackbox")).Should().BeTrue();
        _log.Of(LogEvents.PreviousRun).Should().ContainSingle().Which.Text.Should().StartWith("✅ PREVIOUS RUN: stopped");
    }

    [Fact]
    public async Task Where_it_is_and_whether_is_for_the_operator_to_say()
    {
        using var folder = new TempFolder();
        using var elsewhere = Build(services => services.AddMemoryWatch().AddBlackBox(folder.File("a.blackbox")),
            ("MemoryWatch:BlackBox:Path", folder.File("b.blackbox")), ("MemoryWatch:BlackBox:Size", "64KB"));
        await elsewhere.StartAsync();
        await elsewhere.StopAsync();
        folder.Names.Should().Equal("b.blackbox", "b.blackbox.lock");

        using var nowhere = Build(services => services.AddMemoryWatch().AddBlackBox(folder.File("c.blackbox")), ("MemoryWatch:BlackBox:Path", ""));
        await nowhere.StartAsync();
        await nowhere.StopAsync();
        folder.Names.Should().HaveCount(2);
    }

    [Fact]
    public async Task Configuration_has_the_last_word()
    {
        using var host = Build(
            services => services.AddMemoryWatch(o => (o.Limit, o.HighThreshold) = ("300MB", "50%")),
            ("MemoryWatch:Limit", "350MB"));
        await host.StartAsync();

        host.Services.GetRequiredService<IMemoryWatch>().Snapshot("Asked").Usage.LimitBytes.Should().Be(350 << 20);
        host.Services.GetRequiredService<IOptions<MemoryWatchOptions>>().Value.HighThreshold.ToString().Should().Be("50%");
        await host.StopAsync();
    }

    [Fact]
    public void Environment_variables_reach_the_settings()
    {
        Environment.SetEnvironmentVariable("MWTEST_MemoryWatch__HighThreshold", "350MB");
        using var host = Build(
            services => services.AddMemoryWatch(),
            configure: configuration => configuration.AddEnvironmentVariables("MWTEST_"));

        host.Services.GetRequiredService<IOptions<MemoryWatchOptions>>().Value.HighThreshold.ToString().Should().Be("350 MB");
    }

    [Fact]
    public async Task A_bad_setting_stops_the_start_with_a_message_that_names_it()
    {
        using var host = Build(
            services => services.AddMemoryWatch(),
            ("MemoryWatch:HighThreshold", "much"), ("MemoryWatch:HighTreshold", "70%"), ("MemoryWatch:Budgets:Download:Change", "little"));

        var start = () => host.StartAsync();

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should()
            .ContainSingle(f => f.StartsWith("MemoryWatch:HighThreshold is 'much'; it must be an amount such as 400MB"))
            .And.ContainSingle(f => f.StartsWith("MemoryWatch:HighTreshold is not a setting. There are: Enabled, Limit,"))
            .And.ContainSingle(f => f.StartsWith("MemoryWatch:Budgets:Download:Change is 'little'; it must be an amount of at least 1 MB"));
    }

    [Fact]
    public async Task Settings_are_reloaded_while_the_host_runs_and_bad_ones_refused()
    {
        var settings = new ReloadableSource();
        settings.Values["MemoryWatch:Limit"] = "512MB";
        using var host = Build(services => services.AddMemoryWatch(), configure: c => c.Add(settings));
        await host.StartAsync();
        var watch = host.Services.GetRequiredService<IMemoryWatch>();

        settings.Reload(("MemoryWatch:Limit", "600MB"));
        watch.Snapshot("Asked").Usage.LimitBytes.Should().Be(600 << 20);

        settings.Reload(("MemoryWatch:Budgets:Download:Allocated", "1MB"));
        using (var scope = watch.Track("Download"))
        {
            scope.Inside().Budget.Should().Be(new OperationBudget(allocated: "1MB"));
        }

        settings.Reload(("MemoryWatch:Limit", "everything"));
        watch.Snapshot("Asked").Usage.LimitBytes.Should().Be(600 << 20);
        _log.Of(LogEvents.SettingsRefused).Should().ContainSingle().Which.Level.Should().Be(LogLevel.Error);

        settings.Reload(("MemoryWatch:Limit", "700MB"));
        watch.Snapshot("Asked").Usage.LimitBytes.Should().Be(700 << 20);
        await host.StopAsync();
    }

    [Fact]
    public async Task The_watch_starts_before_other_services_and_stops_after_them()
    {
        using var host = Build(services => services.AddHostedService<Marker>().AddMemoryWatch());
        await host.StartAsync();
        await host.StopAsync();

        _log.Lines.Select(l => l.Event.Id).Where(id => id is LogEvents.Started or LogEvents.Mark or LogEvents.Stopped)
            .Should().Equal(LogEvents.Started, LogEvents.Mark, LogEvents.Mark, LogEvents.Stopped);
    }

    [Fact]
    public void It_works_in_a_plain_container_without_a_host_or_configuration()
    {
        using var services = new ServiceCollection().AddMemoryWatch().Services.BuildServiceProvider();

        services.GetRequiredService<IMemoryWatch>().Snapshot("Asked").Process.ResidentBytes.Should().BePositive();
    }

    private IHost Build(
        Action<IServiceCollection> add, params (string Key, string Value)[] settings) => Build(add, null, settings);

    private IHost Build(
        Action<IServiceCollection> add, Action<IConfigurationBuilder>? configure, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        configure?.Invoke(builder.Configuration);
        builder.Services.AddSingleton<ILoggerFactory>(_log);
        add(builder.Services);
        return builder.Build();
    }

    private sealed class ContentRoot(string path) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "Test";

        public string ContentRootPath { get; set; } = path;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }

    private sealed class SessionManager(IMemoryWatch watch)
    {
        public IMemoryWatch Watch => watch;

        public int Count => 2;
    }

    private sealed class Marker(IMemoryWatch watch) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            watch.Mark("Service Started");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            watch.Mark("Service Stopped");
            return Task.CompletedTask;
        }
    }

    private sealed class Uptime : IMetricsProvider
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("Uptime")];

        public void Read(Span<long?> values) => values[0] = 42;
    }

    private sealed class Detector : IMemoryDetector
    {
        public MemoryAlert? Inspect(MemorySnapshot snapshot) => new CustomAlert("odd", AlertSeverity.Warning, "Odd.");
    }

    private sealed class Step : IMemoryRelief
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public string Name => "Step";

        public Task RelieveAsync(CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            return Task.CompletedTask;
        }
    }

    private sealed class Observer : IMemoryObserver
    {
        private readonly TaskCompletionSource<string> _told = new();

        public Task<string> Told => _told.Task;

        public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
        {
            if (alert.Kind == "odd")
            {
                _told.TrySetResult($"uptime {snapshot.Metrics["Uptime"]}, alert {alert.Kind}");
            }
        }
    }

    private sealed class ReloadableSource : ConfigurationProvider, IConfigurationSource
    {
        public IDictionary<string, string?> Values => Data;

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Reload((string Key, string Value) setting)
        {
            Data[setting.Key] = setting.Value;
            OnReload();
        }
    }
}
