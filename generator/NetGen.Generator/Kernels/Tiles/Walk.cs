namespace NetGen.Generator;

/// <summary>A reference that goes along places a distance apart: three of them are reached from where it stands, so that few registers hold distances.</summary>
/// <param name="code">Where to its moves are written.</param>
/// <param name="from">The reference to place 0.</param>
/// <param name="name">The name of the local that goes.</param>
/// <param name="step">The distance.</param>
internal sealed class Walk(CodeWriter code, string from, string name, string step)
{
    private int stands = -1;

    /// <summary>A place no further back than the last: the reference, and what is between.</summary>
    public (string Reference, string Offset) At(int place)
    {
        if (this.stands < 0 || place - this.stands > 2)
        {
            bool begins = this.stands < 0;
            int distance = place - Math.Max(0, this.stands);
            string move = distance == 1 ? step : $"{distance} * {step}";
            code.Line($"{(begins ? "ref float " : "")}{name} = ref {(distance == 0 ? from : $"Unsafe.Add(ref {(begins ? from : name)}, {move})")};");
            this.stands = place;
        }

        return (name, (place - this.stands) switch { 0 => "0", 1 => step, _ => "2 * " + step });
    }
}
