using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>
/// Recognises the runtime's types by their names. Names, and not the symbols of one compilation, because blocks come from referenced assemblies too.
/// </summary>
internal static class Known
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";

    /// <summary>Whether an attribute class belongs on a tape: a layer, a block, or one of the tape's own words.</summary>
    public static bool IsTape(INamedTypeSymbol? attribute) => DerivesFrom(attribute, "TapeAttribute");

    public static bool IsBlock(INamedTypeSymbol? attribute) => DerivesFrom(attribute, "BlockAttribute");

    public static bool IsNetwork(INamedTypeSymbol? attribute) => attribute is not null && Is(attribute, "NetworkAttribute");

    /// <summary>Whether it is the base class that the generated part gives to a network.</summary>
    public static bool IsNetworkBase(INamedTypeSymbol type) => Is(type, "Network", arity: 1);

    /// <summary>The block behind <c>BlockAttribute&lt;TBlock&gt;</c>, or null for any other attribute.</summary>
    public static INamedTypeSymbol? BlockArgument(INamedTypeSymbol attribute) =>
        Is(attribute, "BlockAttribute", arity: 1) ? attribute.TypeArguments[0] as INamedTypeSymbol : null;

    private static bool DerivesFrom(INamedTypeSymbol? type, string name)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (Is(t, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(INamedTypeSymbol type, string name, int arity = 0) =>
        type.Name == name && type.Arity == arity && type.ContainingType is null
        && type.ContainingNamespace is { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true };
}
