using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>The last output of torch's own recurrent layer over (time, batch, features).</summary>
internal sealed class TorchRecurrent : TorchLayer
{
    private readonly LSTM? lstm;
    private readonly GRU? gru;

    private readonly bool isStream;
    private Tensor? h, c;

    public TorchRecurrent(Cell cell, bool isStream, int features, int units, float[] kernel, float[] recurrent, float[] inputBias, float[] recurrentBias)
    {
        this.isStream = isStream;
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

    public override IEnumerable<Parameter> Parameters => (lstm?.parameters() ?? gru!.parameters()).Where(p => p.requires_grad);

    public override Tensor Forward(ReadOnlySpan<Tensor> x)
    {
        Tensor last;
        if (isStream)
        {
            var (y, nextH, nextC) = h is null ? lstm!.call(x[0]) : lstm!.call(x[0], (h, c!));
            y.Dispose();
            h?.Dispose();
            c?.Dispose();
            (h, c) = (nextH, nextC);
            return h.squeeze(0);
        }
        if (lstm is not null)
        {
            var (y, h, c) = lstm.call(x[0]);
            y.Dispose();
            c.Dispose();
            last = h;
        }
        else
        {
            (var y, last) = gru!.call(x[0]);
            y.Dispose();
        }
        // One layer: (1, batch, units).
        using (last) return last.squeeze(0);
    }

    public override void Dispose()
    {
        h?.Dispose();
        c?.Dispose();
        lstm?.Dispose();
        gru?.Dispose();
    }
}
