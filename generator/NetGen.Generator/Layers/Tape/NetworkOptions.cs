namespace NetGen.Generator;

/// <summary>What the arguments of <c>[Network(...)]</c> ask for.</summary>
/// <param name="Trains">Whether there is a training program.</param>
/// <param name="IsPrecise">Whether kernels that round more than plain sums are forbidden.</param>
internal sealed record NetworkOptions(bool Trains = true, bool IsPrecise = false)
{
    /// <exception cref="ProblemException">An argument has a value that it cannot have.</exception>
    public static NetworkOptions Read(EquatableArray<ArgumentSpec> arguments)
    {
        ArgumentReader reader = new(new LayerSpec("Network", arguments, -1), new SymbolTable(), "Network");
        return new NetworkOptions(reader.Boolean("Training", true), reader.Enum("Precision", "KernelPrecision", ["Fast", "High"], "Fast") == "High");
    }
}
