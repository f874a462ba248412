using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Products of row-major matrices for optimizers, on the calling thread.</summary>
internal static unsafe class Matrices
{
    /// <summary>C (M,N) = A (M,K) B (K,N). Each element sums over k in ascending order, at every width.</summary>
    internal static void Multiply(float* a, float* b, float* c, int m, int k, int n) => Lanes.Run(new ProductKernel(a, b, c, m, k, n), n);

    /// <summary>Y (N,M) = X (M,N) transposed.</summary>
    internal static void Transpose(float* x, float* y, int m, int n)
    {
        // In blocks of a cache line each way.
        const int Block = 16;
        for (int row = 0; row < m; row += Block)
        {
            for (int column = 0; column < n; column += Block)
            {
                for (int i = row; i < Math.Min(row + Block, m); i++)
                {
                    for (int j = column; j < Math.Min(column + Block, n); j++)
                        y[((nint)j * m) + i] = x[((nint)i * n) + j];
                }
            }
        }
    }

    /// <summary>A strip of columns, four rows at a time.</summary>
    private readonly struct ProductKernel(float* a, float* b, float* c, int m, int k, int n) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            int row = 0;
            for (; row <= m - 4; row += 4)
            {
                float* a0 = a + ((nint)row * k), a1 = a0 + k, a2 = a1 + k, a3 = a2 + k, column = b + index;
                TLanes sum0 = TLanes.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
                for (int i = 0; i < k; i++, column += n)
                {
                    TLanes right = TLanes.Load(column);
                    sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(a0[i]), right, sum0);
                    sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(a1[i]), right, sum1);
                    sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(a2[i]), right, sum2);
                    sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(a3[i]), right, sum3);
                }
                float* result = c + ((nint)row * n) + index;
                TLanes.Store(sum0, result);
                TLanes.Store(sum1, result + n);
                TLanes.Store(sum2, result + n + n);
                TLanes.Store(sum3, result + n + n + n);
            }
            for (; row < m; row++)
            {
                float* left = a + ((nint)row * k), column = b + index;
                TLanes sum = TLanes.Broadcast(0);
                for (int i = 0; i < k; i++, column += n)
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(left[i]), TLanes.Load(column), sum);
                TLanes.Store(sum, c + ((nint)row * n) + index);
            }
        }
    }
}
