namespace NetGen;

/// <summary>
/// What layers of long short-term memory over maps share (Shi et al. 2015; Keras's ConvLSTM, without peepholes): the products of an LSTM are convolutions. Weights: kernel (size..., channels, 4 filters),
/// recurrent kernel (size..., filters, 4 filters), bias (4 filters), with the gates in the order i, f, c, o.
/// </summary>
public abstract class ConvLSTMAttribute : RecurrentAttribute
{
    private protected ConvLSTMAttribute(object filters, object kernelSize)
    {
        this.Filters = filters;
        this.KernelSize = kernelSize;
    }

    /// <summary>The channels of the state and of the output.</summary>
    public object Filters { get; }

    /// <summary>The sizes of the filters, one number or one an axis of space.</summary>
    public object KernelSize { get; }

    /// <summary>The steps of the filters over the input, one number or an array; 1 unless given. The state is filtered with a step of 1.</summary>
    public object? Strides { get; set; }

    /// <summary><see cref="NetGen.Padding"/> of the input; valid unless given. The state has <see cref="NetGen.Padding.Same"/>.</summary>
    public object? Padding { get; set; }

    /// <summary><see cref="NetGen.DataFormat"/> of a step's input and output; channels last unless given.</summary>
    public object? DataFormat { get; set; }

    /// <summary>The distances of the elements of the input's filters, one number or an array; 1 unless given.</summary>
    public object? DilationRate { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the candidate and of the state's way out; tanh unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the gates; sigmoid unless given.</summary>
    public object? RecurrentActivation { get; set; }

    /// <summary>Whether the forget gate's bias starts at 1; true unless given.</summary>
    public object? UnitForgetBias { get; set; }
}
