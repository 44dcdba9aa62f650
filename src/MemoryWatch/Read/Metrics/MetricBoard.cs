using MemoryWatch.Guard;

namespace MemoryWatch.Read;

/// <summary>
/// All metrics of a watch: the application's, in the order of registration and behind the guard, then the built-in ones.
/// Used by one caller at a time.
/// </summary>
internal sealed class MetricBoard
{
    private const string Kind = "Metric";

    private readonly PluginRunner _runner;
    private readonly Guarded<long?>[] _metrics;
    private readonly IMetricsProvider[] _builtIn;
    private readonly MetricDefinition[] _definitions;
    private readonly long?[] _values;

    /// <exception cref="InvalidOperationException">There are two metrics of one name or key.</exception>
    public MetricBoard(IMetricsProvider[] providers, IMetricsProvider[] builtIn, PluginRunner runner)
    {
        _runner = runner;
        _builtIn = builtIn;
        var definitions = Define(providers, builtIn, runner);
        _metrics = [.. providers.Zip(definitions, (provider, definition) => new Guarded<long?>(Kind, definition.Name, provider.Read))];
        _definitions = [.. definitions, .. Array.ConvertAll(builtIn, m => m.Definition)];
        _values = new long?[_definitions.Length];
        RequireDifferent("named", Array.ConvertAll(_definitions, d => d.Name), "name");
        RequireDifferent("with the key", Array.ConvertAll(_definitions, d => d.Key), "key (MetricOptions.Key)");
    }

    public IReadOnlyList<MetricDefinition> Definitions => _definitions;

    public MetricValues Read()
    {
        _runner.Run(_metrics);
        for (var i = 0; i < _metrics.Length; i++)
        {
            _values[i] = _metrics[i].Answer;
        }

        for (var i = 0; i < _builtIn.Length; i++)
        {
            _values[_metrics.Length + i] = _builtIn[i].Read();
        }

        return new(_definitions, _values);
    }

    private static void RequireDifferent(string which, string[] texts, string what)
    {
        var seen = new HashSet<string>();
        if (Array.Find(texts, text => !seen.Add(text)) is { } twice)
        {
            var count = Array.FindAll(texts, text => text == twice).Length;
            throw new InvalidOperationException($"There are {count} metrics {which} '{twice}'. Give each a {what} of its own.");
        }
    }

    /// <summary>Asks the users' providers, once, what their metrics are: that is the users' code too.</summary>
    private static MetricDefinition[] Define(IMetricsProvider[] providers, IMetricsProvider[] builtIn, PluginRunner runner)
    {
        var asked = Array.ConvertAll(
            providers, p => new Guarded<MetricDefinition>(Kind, SafeText.Name(p.GetType().Name), () => p.Definition));
        runner.Run(asked);

        // Providers that did not say their name get one of their own: two of one type are no mistake to stop for.
        HashSet<string> taken =
            [.. Array.ConvertAll(asked, a => a.Answer?.Name ?? string.Empty), .. Array.ConvertAll(builtIn, b => b.Definition.Name)];
        return Array.ConvertAll(asked, a => a.Answer ?? Unnamed(a.Name, taken));
    }

    private static MetricDefinition Unnamed(string typeName, HashSet<string> taken)
    {
        var name = typeName;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{typeName} {number}";
        }

        return new(name);
    }
}
