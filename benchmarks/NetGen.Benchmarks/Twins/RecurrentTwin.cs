namespace NetGen.Benchmarks;

/// <summary>A recurrent layer over a sequence and a dense layer on its last output.</summary>
internal static class RecurrentTwin
{
    public static Layer Build(Cell cell, int time, int features, int units)
    {
        Layer x = new RecurrentLayer(cell.ToString().ToLowerInvariant(), new InputLayer(time, features), cell, units);
        return new DenseLayer("dense", x, 1, Nonlinearity.Linear);
    }

    /// <summary>One step of one number, behind the steps before.</summary>
    public static Layer BuildStream(int units)
    {
        Layer x = new RecurrentLayer("lstm", new InputLayer(1, 1), Cell.LSTM, units, isStream: true);
        return new DenseLayer("dense", x, 1, Nonlinearity.Linear);
    }
}
