namespace NetGen.Generator;

/// <summary>An LSTM whose products are convolutions: of the input over all steps at once, and of the state step by step.</summary>
/// <param name="rank">How many axes of space a step has.</param>
internal sealed class ConvLSTMLayer(int rank) : LSTMLayer(RecurrentStyle.KerasMaps)
{
    protected override string CellName { get; } = FormattableString.Invariant($"ConvLSTM{rank}D");

    protected override CellSpace Space(LayerContext context) => new MapSpace(context, rank);
}
