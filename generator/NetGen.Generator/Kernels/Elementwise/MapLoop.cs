namespace NetGen.Generator;

/// <summary>The loops of maps that differ in sizes only: these are arguments, so that the maps share one method.</summary>
/// <param name="Map">The map with symbols for the sizes.</param>
internal sealed record MapLoop(MapKernel Map) : ITile
{
    public string Name => "Map" + (this.Map.IsFlat ? "_" : Literal.Of(this.Map.Output.Rank) + "_") + EpilogueNames.Of(this.Map.Body, [this.Map.Output.ToString(), .. this.Map.Inputs.Select(i => i.ToString())]);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        IEnumerable<string> parameters =
        [
            .. this.Map.Operands.Select(o => "ref float " + o.Name),
            .. this.Map.UsesFrame ? ["in Frame frame"] : Array.Empty<string>(),
            .. this.Map.IsFlat ? ["nint i", "nint stop"] : new[] { "nint start", "nint end" },
            .. this.Map.IsFlat ? Array.Empty<string>() : this.Map.LoopSizes.Select(s => "nint " + s),
        ];
        code.Line();
        code.Line($"/// <summary>Y = {Kernel.Xml(this.Map.Formula)}.</summary>");
        options.Optimize(code);
        using (code.Braces($"internal static void {this.Name}({string.Join(", ", parameters)})"))
        {
            this.Map.EmitLoops(code);
        }
    }
}
