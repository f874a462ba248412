namespace NetGen.Generator;

/// <summary>A map over elements that lie one behind another in all operands: one loop, whose range is an argument.</summary>
/// <param name="Map">The map over as many elements as there may be.</param>
internal sealed record FlatMapTile(MapKernel Map) : ITile
{
    public string Name => "Flat" + EpilogueNames.Of(this.Map.Body, this.Map.Inputs.Select(i => i.ToString())).Insert(0, "_");

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}({string.Concat(this.Map.Operands.Select(o => $"ref float {o.Name}, "))}{(this.Map.UsesFrame ? "in Frame frame, " : "")}nint i, nint stop)"))
        {
            this.Map.EmitFlat(code);
        }
    }
}
