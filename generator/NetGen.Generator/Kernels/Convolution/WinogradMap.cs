namespace NetGen.Generator;

/// <summary>A map around which a convolution sees zeros that lie nowhere.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Top">Rows of zeros before the map.</param>
/// <param name="Left">Columns of zeros before the map.</param>
internal sealed record WinogradMap(int Height, int Width, int Channels, int Top, int Left)
{
    public string Text => FormattableString.Invariant($"{this.Height}x{this.Width}x{this.Channels}{(this.Top == 0 && this.Left == 0 ? "" : FormattableString.Invariant($"_from_{this.Top}x{this.Left}"))}");
}
