using System.Reflection;

namespace MemoryWatch.Tests.Docs;

/// <summary>The place of each public type in the reference, by the id of the type.</summary>
internal sealed class ApiLinks
{
    private readonly Dictionary<string, string> _places;

    public ApiLinks(IEnumerable<Assembly> packages) => _places = packages
        .SelectMany(package => ApiPackages.Types(package).Select(type => (Id: ApiId.Of(type)[2..], Place: $"{ApiPackages.Page(package)}#{Anchor(type)}")))
        .ToDictionary(type => type.Id, type => type.Place);

    /// <summary>The link for a type or a member; just its name if it is not one of ours.</summary>
    /// <param name="id">Its id, such as <c>P:MemoryWatch.MemorySnapshot.Zone</c>.</param>
    public string Of(string id)
    {
        var path = id[2..].Split('(')[0];
        var end = path.LastIndexOf('.');
        if (id[0] == 'T')
        {
            var name = Readable(path[(end + 1)..]);
            return _places.TryGetValue(path, out var type) ? $"[`{name}`]({type})" : $"`{name}`";
        }

        var (declaring, member) = (path[..end], Readable(path[(end + 1)..]));
        var text = $"{Readable(declaring[(declaring.LastIndexOf('.') + 1)..])}.{member}";
        return _places.TryGetValue(declaring, out var place) ? $"[`{text}`]({place})" : $"`{text}`";
    }

    /// <summary>The link to a type.</summary>
    public string Of(Type type) => Of(ApiId.Of(type));

    private static string Anchor(Type type) => ApiName.Plain(type).ToLowerInvariant();

    private static string Readable(string name) => name.Split('`')[0];
}
