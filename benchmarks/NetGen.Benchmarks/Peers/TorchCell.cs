using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>Torch's own recurrent module over (time, batch, features) with given weights.</summary>
internal sealed class TorchCell : IDisposable
{
    private readonly LSTM? lstm;
    private readonly GRU? gru;

    public TorchCell(Cell cell, int features, int units, float[] kernel, float[] recurrent, float[] inputBias, float[] recurrentBias)
    {
        Module module = cell == Cell.LSTM ? lstm = LSTM(features, units) : gru = GRU(features, units);
        Set("weight_ih_l0", kernel);
        Set("weight_hh_l0", recurrent);
        Set("bias_ih_l0", inputBias);
        Set("bias_hh_l0", recurrentBias);
        if (cell == Cell.LSTM)
        {
            // Keras's LSTM has one bias: trained too, the second would double its steps.
            module.get_parameter("bias_hh_l0")!.requires_grad = false;
        }

        void Set(string name, float[] values)
        {
            using var mode = no_grad();
            var parameter = module.get_parameter(name)!;
            using var given = tensor(values, parameter.shape);
            parameter.copy_(given);
        }
    }

    public IEnumerable<Parameter> Parameters => (lstm?.parameters() ?? gru!.parameters()).Where(p => p.requires_grad);

    /// <summary>All outputs and the last states, which the caller owns; a GRU has no <paramref name="c"/>.</summary>
    public (Tensor Y, Tensor H, Tensor? C) Run(Tensor x, Tensor? h = null, Tensor? c = null)
    {
        if (lstm is not null) return h is null ? lstm.call(x) : lstm.call(x, (h, c!));
        var (y, last) = gru!.call(x);
        return (y, last, null);
    }

    public void Dispose()
    {
        lstm?.Dispose();
        gru?.Dispose();
    }
}
