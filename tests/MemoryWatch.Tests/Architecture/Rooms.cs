using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryWatch.Tests.Architecture;

/// <summary>
/// The rooms of the library: which room each of its types is in, by the folder of its source file, and which rooms use which, by the
/// compiled assembly.
/// </summary>
internal sealed partial class Rooms
{
    private readonly Dictionary<string, string> _roomOfType = [];
    private readonly HashSet<(string From, string To)> _arrows = [];

    private Rooms(string sourceFolder, string assembly)
    {
        foreach (var file in Directory.EnumerateFiles(sourceFolder, "*.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(sourceFolder, Path.GetDirectoryName(file)!).Replace('\\', '/');
            if (!folder.StartsWith("obj", StringComparison.Ordinal) && !folder.StartsWith("bin", StringComparison.Ordinal))
            {
                Place(File.ReadAllText(file), RoomOf(folder));
            }
        }

        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (var type in module.GetTypes())
        {
            Follow(type);
        }
    }

    /// <summary>Each use of a room by another.</summary>
    public IReadOnlySet<(string From, string To)> Arrows => _arrows;

    public IReadOnlySet<string> All => _roomOfType.Values.ToHashSet();

    public static Rooms Of(string sourceFolder, string assembly) => new(sourceFolder, assembly);

    // A folder is a room; the black box is three.
    private static string RoomOf(string folder) =>
        folder.StartsWith("BlackBox/", StringComparison.Ordinal) ? folder : folder.Split('/')[0];

    private void Place(string source, string room)
    {
        var space = NamespaceLine().Match(source).Groups[1].Value;
        foreach (Match type in TypeLine().Matches(source))
        {
            _roomOfType[$"{space}.{type.Groups[1].Value}"] = room;
        }
    }

    private void Follow(TypeDefinition type)
    {
        if (Find(type) is not { } from)
        {
            return;
        }

        Use(from, type.BaseType);
        foreach (var implemented in type.Interfaces)
        {
            Use(from, implemented.InterfaceType);
        }

        foreach (var field in type.Fields)
        {
            Use(from, field.FieldType);
        }

        foreach (var method in type.Methods)
        {
            Use(from, method.ReturnType);
            foreach (var parameter in method.Parameters)
            {
                Use(from, parameter.ParameterType);
            }

            if (method.HasBody)
            {
                FollowBody(from, method.Body);
            }
        }
    }

    private void FollowBody(string from, MethodBody body)
    {
        foreach (var variable in body.Variables)
        {
            Use(from, variable.VariableType);
        }

        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    Use(from, type);
                    break;
                case MethodReference method:
                    Use(from, method.DeclaringType);
                    Use(from, method.ReturnType);
                    if (method is GenericInstanceMethod generic)
                    {
                        Use(from, generic.GenericArguments);
                    }

                    break;
                case FieldReference field:
                    Use(from, field.DeclaringType);
                    Use(from, field.FieldType);
                    break;
                default:
                    break;
            }
        }
    }

    private void Use(string from, IEnumerable<TypeReference> types)
    {
        foreach (var type in types)
        {
            Use(from, type);
        }
    }

    private void Use(string from, TypeReference? type)
    {
        if (type is GenericInstanceType generic)
        {
            Use(from, generic.GenericArguments);
        }

        if (type?.GetElementType() is { } element && Find(element) is { } to && to != from)
        {
            _arrows.Add((from, to));
        }
    }

    /// <summary>The room of a type, or of the one that it is nested in.</summary>
    private string? Find(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return _roomOfType.GetValueOrDefault(type.FullName.Split('`')[0]);
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:public |internal |static |sealed |readonly |partial |abstract |unsafe |ref )*(?:class|struct|interface|enum|record struct|record|delegate [\w<>?]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
