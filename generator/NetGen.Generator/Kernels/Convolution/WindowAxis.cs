namespace NetGen.Generator;

/// <summary>
/// One axis of a convolution in which each channel has a filter of its own: output o is the sum over taps k of input (o Stride + k Dilation - Before) times tap k; where it
/// spreads, over the taps with o = (input Stride + k - Before), which is the gradient of the former. What lies outside of the map is zero and never touched.
/// </summary>
/// <param name="Inputs">Places of the map that is read.</param>
/// <param name="Outputs">Places of the map that is written.</param>
/// <param name="Taps">Elements of the filter.</param>
/// <param name="Stride">Inputs from output to output; outputs from input to input where it spreads.</param>
/// <param name="Dilation">Inputs from tap to tap; 1 where it spreads.</param>
/// <param name="Before">Zeros before the map.</param>
/// <param name="Spreads">Whether it is a strided gradient.</param>
/// <param name="Flips">Whether the taps are counted from the last one.</param>
internal sealed record WindowAxis(int Inputs, int Outputs, int Taps, int Stride, int Dilation, int Before, bool Spreads = false, bool Flips = false)
{
    /// <summary>The axis of the convolution's gradient, from its outputs to its inputs; null where strides and dilations meet.</summary>
    public WindowAxis? Gradient =>
        this.Stride == 1 ? new WindowAxis(this.Outputs, this.Inputs, this.Taps, 1, this.Dilation, ((this.Taps - 1) * this.Dilation) - this.Before, Flips: true)
        : this.Dilation == 1 ? this with { Inputs = this.Outputs, Outputs = this.Inputs, Spreads = true }
        : null;

    /// <summary>The axis of the convolution's gradient from its outputs a stride apart, with zeros between them.</summary>
    public WindowAxis GradientOfSpread => (this with { Outputs = ((this.Outputs - 1) * this.Stride) + 1, Stride = 1 }).Gradient!;

    /// <summary>The axis with zeros in the map, and how many lie before and behind what was there.</summary>
    public (WindowAxis Axis, int Before, int Behind) Padded
    {
        get
        {
            int before = Math.Max(0, this.Before), behind = Math.Max(0, ((this.Outputs - 1) * this.Stride) + ((this.Taps - 1) * this.Dilation) - this.Before - this.Inputs + 1);
            return (this with { Inputs = before + this.Inputs + behind, Before = this.Before - before }, before, behind);
        }
    }

    /// <summary>What an output's place tells of how the taps lie: it counts modulo this.</summary>
    public int Phases => this.Spreads ? this.Stride : 1;

    /// <summary>The phase of an output.</summary>
    public int PhaseOf(int output) => this.Spreads ? Modulo(output + this.Before, this.Stride) : 0;

    /// <summary>The input of <see cref="Pairs"/>'s column 0 for a tile whose first output it is. It may lie outside of the map.</summary>
    public int FirstInput(int output, int pixels) =>
        this.Spreads ? ((output + this.Before - this.PhaseOf(output)) / this.Stride) + this.LeastColumn(this.PhaseOf(output), pixels) : (output * this.Stride) - this.Before;

    /// <summary>Which outputs of a tile take which tap times which input, in the order of the inputs, counted from the first.</summary>
    public IReadOnlyList<(int Column, int Pixel, int Tap)> Pairs(int phase, int pixels)
    {
        int least = this.Spreads ? this.LeastColumn(phase, pixels) : 0;
        return
        [
            .. from pixel in Enumerable.Range(0, pixels)
               from tap in Enumerable.Range(0, this.Taps)
               where !this.Spreads || Modulo(pixel + phase - tap, this.Stride) == 0
               let column = this.Spreads ? ((pixel + phase - tap) / this.Stride) - least : (pixel * this.Stride) + (tap * this.Dilation)
               orderby column, pixel, tap
               select (column, pixel, tap),
        ];
    }

    /// <summary>Columns of <see cref="Pairs"/> up to the last that lies before the map, and from the first on that lies behind it.</summary>
    public (int Before, int Behind) Outside(int output, int pixels)
    {
        int first = this.FirstInput(output, pixels);
        int[] columns = [.. this.Pairs(this.PhaseOf(output), pixels).Select(p => p.Column).Distinct()];
        return (
            columns.Where(c => first + c < 0).Select(c => c + 1).DefaultIfEmpty().Max(),
            columns.Where(c => first + c >= this.Inputs).Select(c => columns.Max() - c + 1).DefaultIfEmpty().Max());
    }

    /// <summary>A part of a kernel's name.</summary>
    public string Text =>
        FormattableString.Invariant($"{this.Inputs}to{this.Outputs}_{this.Taps}{(this.Spreads ? "up" : "by")}{this.Stride}{(this.Dilation > 1 ? "d" + Literal.Of(this.Dilation) : "")}_at{(this.Before < 0 ? "m" : "")}{Math.Abs(this.Before)}{(this.Flips ? "f" : "")}");

    private int LeastColumn(int phase, int pixels) =>
        Enumerable.Range(0, pixels).SelectMany(p => Enumerable.Range(0, this.Taps).Where(k => Modulo(p + phase - k, this.Stride) == 0).Select(k => (p + phase - k) / this.Stride)).DefaultIfEmpty().Min();

    private static int Modulo(int a, int b) => ((a % b) + b) % b;
}
