namespace NetGen.Generator;

/// <summary>From a parameter's name to its argument's: <c>kernelSize</c> to <c>KernelSize</c>.</summary>
internal static class PascalCase
{
    public static string From(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
